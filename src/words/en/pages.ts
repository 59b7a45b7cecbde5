/** Says in English what the web pages say, but for those about the bot itself. */
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { formats } from './buttons.ts';
import { strong, type RichText } from './phrasing/rich-text.ts';

interface PageWords {
  readonly title: string;
  readonly body: readonly RichText[];
}

const freshLink: RichText = [
  'Go back to the chat and press ',
  strong('Download'),
  ' again for a fresh link.',
];
const closeTab = 'You can close this tab.';

const offered: Readonly<Record<FileFormat, { readonly title: string; readonly tells: string }>> = {
  workbook: {
    title: formats.workbook,
    tells: 'Summary, OKR tree, check-ins and changes on sheets of their own.',
  },
  spreadsheetCsv: {
    title: formats.spreadsheetCsv,
    tells: 'All rows and columns, ready to open in Excel and other spreadsheets.',
  },
  original: { title: formats.original, tells: 'The file exactly as it came.' },
};

const offer = {
  exportTitle: 'Download your export',
  ownFileTitle: 'Download your file',
  yourFile: 'your file',
  formats: offered,
  takenAlready: 'Taken with this link already.',
  preparing: 'Preparing the file',
  limitsOfExport:
    'Each format can be taken once, within 5 minutes. The file comes straight from Microsoft and is not stored on the way.',
  limitsOfOwnFile: 'Each format can be taken once, within 5 minutes.',
  /** Said by the page's script while it waits, and once the browser has begun. */
  preparingFormat: (format: string) =>
    `Preparing: ${format}. A large file can take a minute; then your browser asks where to put it, or shows it among your downloads.`,
  fetchingFormat: (format: string) =>
    `Your browser is fetching the file. If it reports a failure, reload this page and press ${format} once more.`,
};

const link = {
  used: {
    title: 'This link was used already',
    body: [
      ['Each format can be taken once, and all were. The files are probably in your downloads folder.'],
      freshLink,
    ],
  },
  expired: { title: 'This link is too old', body: [['Download links work for 5 minutes.'], freshLink] },
  unknown: {
    title: 'This link does not work',
    body: [['It may not have been copied completely.'], freshLink],
  },
} satisfies Record<string, PageWords>;

const taken = {
  title: 'You have this one already',
  wasTaken: (format: string) =>
    `${format} was taken with this link, and each format can be taken once. The file is probably in your downloads folder.`,
  others: 'Back to the other formats',
  freshLink,
};

const failed = {
  signInNeeded: {
    title: 'Please sign in again',
    body: [
      ['Microsoft wants to be sure that it is still you. The bot asks you to sign in, in the chat.'],
      freshLink,
    ],
  },
  noAccess: {
    title: 'You have no access to this export',
    body: [['Microsoft refused the file to your account. Your access to the view may have been removed.']],
  },
  contentGone: {
    title: 'This export has expired',
    body: [
      [
        'Microsoft no longer has the file, or what it is made from. Go back to the chat and press ',
        strong('Export again'),
        '.',
      ],
    ],
  },
  notConverted: {
    title: 'This form of the file could not be made',
    body: [
      [
        'The file itself is fine. Go back one page and choose ',
        strong(formats.original),
        ': your link is still good.',
      ],
    ],
  },
  noRoom: {
    title: 'There is no room to make this form of the file',
    body: [
      ['The disk of this bot is full. Whoever runs it has to make room; then try again.'],
      [
        'The file itself is fine. Go back one page and choose ',
        strong(formats.original),
        ': your link is still good.',
      ],
    ],
  },
  notKept: {
    title: 'Your file is not kept any more',
    body: [['Files that you send are kept for a day. Go back to the chat and send it once more.']],
  },
  notCsv: {
    title: 'Microsoft sent something else',
    body: [['What came was not a CSV file, so it was not handed over.'], freshLink],
  },
  tooLarge: (limitMegabytes: number | undefined): PageWords => ({
    title: 'The file is too large',
    body: [
      [
        limitMegabytes === undefined
          ? 'It is larger than this bot hands over; its operator can raise the limit.'
          : `The file is larger than this bot’s limit of ${limitMegabytes} MB; its operator can raise it.`,
      ],
    ],
  }),
  operatorFault: {
    title: 'The bot’s own sign-in does not work',
    body: [
      [
        'Microsoft refuses the bot itself, not you, so the file could not be fetched: its own sign-in may have expired. Nothing is lost. Please tell your administrator the reference below, and try again once it is mended.',
      ],
      freshLink,
    ],
  },
  unavailable: {
    title: 'The download did not work',
    body: [
      ['The file could not be fetched from Microsoft. Nothing is lost; please try again in a minute.'],
      freshLink,
    ],
  },
  ownBusy: (max: number): PageWords => ({
    title: 'Many downloads of yours at once',
    body: [
      [
        `You have ${max} downloads under way, and that is the limit. Your link is still good: go back one page and press `,
        strong('Download'),
        ' again when one is done.',
      ],
    ],
  }),
  busy: {
    title: 'Many downloads at once',
    body: [
      ['Your link is still good: go back one page and press ', strong('Download'), ' again in a moment.'],
    ],
  },
} satisfies Record<string, PageWords | ((max: number) => PageWords)>;

const consent = {
  granted: {
    title: 'The app is allowed',
    body: [
      [
        'Thank you. Exports that waited for this go on by themselves; people in your organisation are not asked again.',
      ],
    ],
    small: [closeTab],
  },
  thanked: {
    title: 'Thank you',
    body: [
      [
        'If you have just allowed the app: whoever waits for it presses ',
        strong('Check again'),
        ' on their card, and their export goes on.',
      ],
    ],
    small: [closeTab],
  },
  declined: {
    title: 'The app was not allowed',
    body: [
      [
        'Nothing was changed. Whoever sent you the link can send it again when you want to allow the app later.',
      ],
    ],
  },
  unknownTenant: {
    title: 'This bot is not set up for your organisation',
    body: [['Whoever runs the bot has to add your organisation first. Nothing was started.']],
  },
} satisfies Record<string, PageWords & { readonly small?: RichText }>;

const route = {
  error: {
    title: 'Something went wrong here',
    body: [
      ['Please try again in a minute. If it happens again, tell whoever runs this bot the reference below.'],
    ],
  },
  notFound: {
    title: 'There is nothing here',
    body: [
      [
        'This address does not lead anywhere. If you came from a card in Teams, go back to the chat and press its button again.',
      ],
    ],
  },
  otherMethod: {
    title: 'That is not how this address works',
    body: [['Go back to the chat and use its buttons.']],
  },
} satisfies Record<string, PageWords>;

export const pages = { reference: 'Reference:', offer, link, taken, failed, consent, route };
