/** Lists the pictures of the store's listing: what each says, how large it is; and finds what the store would refuse. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** One turn of a conversation: what somebody wrote, and the newest card that has all of these texts. */
export interface Turn {
  readonly wrote?: string;
  readonly card: readonly (string | RegExp)[];
}

export interface ListingPicture {
  readonly file: string;
  readonly caption: string;
  readonly text: string;
  /** Conversations side by side, each from the top down. */
  readonly columns: readonly (readonly Turn[])[];
  /** As it is on a phone. */
  readonly narrow?: true;
}

/** Source: "Microsoft Teams store validation guidelines", Screenshots. */
export const listingSize: Size = { width: 1366, height: 768 };
/** A common phone, for whoever shows the app elsewhere. */
export const phoneSize: Size = { width: 390, height: 844 };
const maxBytes = 1024 * 1024;

const plan = ['Open plan Orchard', 'average progress'];
const changed: Turn = { wrote: 'export Orchard festival', card: [...plan, /What changed since/] };

export const listingPictures = (link: string): readonly ListingPicture[] => [
  {
    file: '1-answer.png',
    caption: 'Paste a link, get the answer',
    text: 'How goals and tasks stand, what is overdue, at risk or nobody’s, and the file as an Excel workbook or CSV.',
    columns: [[{ wrote: link, card: [...plan, 'Next time I’ll also tell you'] }]],
  },
  {
    file: '2-what-changed.png',
    caption: 'See what changed since last time',
    text: 'Give it a name once. From then on the name is enough.',
    columns: [
      [
        { wrote: 'save as Orchard festival', card: ['Done. Write'] },
        { wrote: 'views', card: ['Orchard festival', 'What you have named'] },
      ],
      [changed],
    ],
  },
  {
    file: '3-again-and-again.png',
    caption: 'Again and again, by itself',
    text: 'On the days that you choose, if you like only when something changed.',
    columns: [
      [{ wrote: 'schedule Orchard festival mondays 9:00 if changed', card: ['Scheduled', 'Next run'] }],
      [
        { wrote: 'schedules', card: ['Your schedules', 'Orchard festival'] },
        { wrote: 'list', card: ['Your exports', 'Newest first'] },
      ],
    ],
  },
  {
    file: '4-on-a-phone.png',
    caption: 'The same on a phone',
    text: 'Every card fits a narrow screen, with its figures and its buttons.',
    columns: [
      [changed],
      [
        { wrote: 'schedules', card: ['Your schedules', 'Orchard festival'] },
        { wrote: 'list', card: ['Your exports', 'Newest first'] },
      ],
    ],
    narrow: true,
  },
];

/** The first column alone, as large as the phone. */
export const phonePicture = 'phone.png';

/** Width and height stand behind the signature and the name of the first chunk. */
export function pictureProblems(bytes: Buffer, size: Size): readonly string[] {
  if (bytes.subarray(12, 16).toString('latin1') !== 'IHDR') return ['is no PNG'];
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return [
    ...(width === size.width && height === size.height ? [] : [`is ${width} × ${height} pixels`]),
    ...(bytes.length <= maxBytes ? [] : [`has ${bytes.length} bytes`]),
  ];
}
