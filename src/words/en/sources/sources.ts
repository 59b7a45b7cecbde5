/** Says in English what people read about one source: by its stored name, and about one without words of its own. */
import { plannerWords } from './planner-words.ts';
import type { FailureWords, SourceWords } from './source-words.ts';

/** Source: Microsoft 365 message centre, MC949603. */
const retiredOn = '31 December 2025';
const retired = `Microsoft retired Viva Goals on ${retiredOn}`;

const graphFailed: FailureWords = {
  title: 'Microsoft Graph reported a failure',
  lead: 'It accepted the export but could not make the file.',
  next: 'Try again: this often passes by itself.',
  listed: 'Failed at Microsoft',
  noticed: 'Microsoft Graph could not make the file.',
};
const gone = {
  title: 'The export no longer exists',
  lead: 'Microsoft Graph no longer knows this export, so there is no file to fetch. Start again?',
  listed: 'Gone at Microsoft',
  noticed: 'Microsoft Graph no longer has this export.',
};
const refused = {
  title: 'Microsoft Graph refused this export',
  lead: 'It would not take the request.',
  listed: 'Refused by Microsoft',
  noticed: 'Microsoft Graph refused it.',
};

const paste = {
  title: '3 · Paste',
  text: 'it here. One card shows how far it is, and then the answer and the file.',
};
const sendFile =
  'Send me such a file, CSV or Excel, in our personal chat: I’ll tell you what it says and make a workbook of it.';

const goals = {
  product: 'Viva Goals',
  offering: {
    things: 'Viva Goals views',
    thing: 'a Viva Goals view',
    link: 'a Viva Goals link',
    address: 'the address of a saved Viva Goals view',
    work: 'OKRs',
  },
  target: {
    title: 'View',
    open: (label) => `Open view ${label}`,
    exportOf: (label) => `Export of view ${label}`,
    yourExportOf: (label) => `Your export of view ${label}`,
    yourExportOfNamed: (label) => `your export of view ${label}`,
    says: 'What this view says',
  },
  place: 'Organisation',
  usual: { target: 'for this view', source: 'for views of this organisation' },
  alreadyOpen: 'You already have an open export of this view. This is the one.',
  pendingElsewhere:
    'Somebody else is exporting this view right now, and you have no access to their export. I’ll start yours when theirs is done.',
  consent: 'You are asked once to allow me to export goals for you.',
  adminConsent:
    'Exporting goals needs the permission Goals-Export, which only an administrator of your organisation can give.',
  failures: {
    noAccess: {
      title: 'You have no access to this view',
      lead: 'Viva Goals did not let you read it, and I see only what you see.',
      next: 'Ask the view’s owner to share it with you, then try again.',
      listed: 'Not made: no access to the view',
      noticed: 'You have no access to this view.',
    },
    notValid: {
      title: 'This link is not a valid explorer view',
      lead: 'Microsoft Graph does not recognise the view or organisation in it.',
      next: 'Open the saved view in the Viva Goals explorer, copy the whole address, and paste it here.',
      listed: 'Not made: no valid view',
      noticed: 'The link is not a valid explorer view.',
    },
    placeNotFound: {
      title: 'Organisation not found – was it deleted?',
      lead: 'Viva Goals does not know the organisation in this link.',
      next: 'Check that the view still opens in your browser. If it does, try again; if not, ask your Viva Goals administrator.',
      listed: 'Not made: organisation not found',
      noticed: 'Viva Goals does not know the organisation.',
    },
    gone: { ...gone, next: 'Try again starts a new export of the same view.' },
    graphFailed,
    refused: {
      ...refused,
      next: 'Check that the view still opens in your browser, then try again. If it is refused again, ask your administrator.',
    },
    retired: {
      title: 'Viva Goals has been retired',
      lead: `Microsoft ended Viva Goals on ${retiredOn}. Microsoft Graph no longer offers this export to your organisation, so I can’t make a new file. It’s nothing you did.`,
      advice: [
        'Files that were exported earlier stay valid: look in your downloads, or ask colleagues who exported this view.',
        sendFile,
        'Ask your Viva Goals administrator whether the organisation’s data was exported before that day.',
        'If Viva Goals still opens for you, paste the link again and I’ll try once more.',
      ],
      listed: 'Not made: Viva Goals was retired',
      noticed: 'Viva Goals has been retired.',
    },
  },
  retirement: {
    fact: retired,
    hint: `Good to know: ${retired}. That may be the reason.`,
    news: `${retired}; whether an export still works depends on your organisation.`,
    newsForCertain: `${retired}, and Microsoft Graph no longer offers exports to your organisation. But I can still read files that were exported earlier: send me one in our personal chat.`,
  },
  notATarget: {
    title: 'That link is not a saved view',
    summary: 'That link is not a saved explorer view',
  },
  linkProblems: {
    tooLong:
      'The link is longer than a Viva Goals address can be. Perhaps something else was pasted with it.',
    notHttps: 'The link starts with http:// and must start with https://.',
    unusualAddress:
      'The link holds a user name or a port, which a Viva Goals address never has. I don’t use it, to be safe.',
    otherPage: 'The link leads to another page of Viva Goals, not to the explorer.',
    badOrganizationId: 'The part of the link that names the organisation is incomplete or changed.',
    noViewId:
      'The link leads to the explorer, but names no saved view: “viewId=…” is missing. Save the view first.',
    manyViewIds: 'The link names more than one view.',
    badViewId:
      'The part of the link that names the view is incomplete or changed. Perhaps the end was cut off.',
  },
  howTo: {
    title: 'Three steps',
    steps: [
      { title: '1 · Open', text: 'a saved view in the Viva Goals explorer' },
      { title: '2 · Copy', text: 'the whole address from your browser' },
      paste,
    ],
    exampleAddress: 'goals.microsoft.com/…?viewId=…',
  },
} satisfies SourceWords;

const other = {
  product: 'its source',
  target: {
    title: 'Export of',
    open: (label) => `Open ${label}`,
    exportOf: (label) => `Export of ${label}`,
    yourExportOf: (label) => `Your export of ${label}`,
    yourExportOfNamed: (label) => `your export of ${label}`,
    says: 'What this export says',
  },
  place: 'Part of',
  usual: { target: 'for this one', source: 'for others of this kind' },
  alreadyOpen: 'You already have an open export of the same. This is the one.',
  pendingElsewhere:
    'Somebody else is exporting the same right now, and you have no access to their export. I’ll start yours when theirs is done.',
  consent: 'You are asked once to allow me to export this for you.',
  adminConsent: 'This export needs a permission which only an administrator of your organisation can give.',
  failures: {
    noAccess: {
      title: 'You have no access to this',
      lead: 'You were not let read it, and I see only what you see.',
      next: 'Ask its owner to share it with you, then try again.',
      listed: 'Not made: no access',
      noticed: 'You have no access to it.',
    },
    notValid: {
      title: 'This link is not valid',
      lead: 'Microsoft Graph does not recognise what it names.',
      next: 'Open it in your browser, copy the whole address, and paste it here.',
      listed: 'Not made: no valid link',
      noticed: 'The link is not valid.',
    },
    placeNotFound: {
      title: 'Not found – was it deleted?',
      lead: 'Microsoft Graph does not know where this link leads.',
      next: 'Check that it still opens in your browser. If it does, try again; if not, ask your administrator.',
      listed: 'Not made: not found',
      noticed: 'It was not found.',
    },
    gone: { ...gone, next: 'Try again starts a new export of the same.' },
    graphFailed,
    refused: {
      ...refused,
      next: 'Check that it still opens in your browser, then try again. If it is refused again, ask your administrator.',
    },
    retired: {
      title: 'This service has ended',
      lead: 'Microsoft Graph no longer offers this export to your organisation, so I can’t make a new file. It’s nothing you did.',
      advice: [
        'Files that were exported earlier stay valid: look in your downloads, or ask colleagues who exported the same.',
        sendFile,
      ],
      listed: 'Not made: the service has ended',
      noticed: 'The service has ended.',
    },
  },
  notATarget: {
    title: 'That link leads to nothing I can export',
    summary: 'That link leads to nothing I can export',
  },
  linkProblems: {},
  howTo: {
    title: 'Three steps',
    steps: [
      { title: '1 · Open', text: 'what you want to export' },
      { title: '2 · Copy', text: 'the whole address from your browser' },
      paste,
    ],
  },
} satisfies SourceWords;

/** Every language has the same sources. */
export const sources = { byName: { planner: plannerWords, goals }, other };

export interface KnownSources {
  readonly byName: Readonly<Partial<Record<keyof typeof sources.byName, SourceWords>>>;
  readonly other: SourceWords;
}
