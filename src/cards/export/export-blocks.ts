/** Builds what all cards of an export share: which one it is, the ways to its file; types what each state tells. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';
import type { CardButton, CardElement, ColumnSet, Container, Fold } from '../blocks/adaptive-card.ts';
import { button, saveButton } from '../blocks/buttons.ts';
import { data, fold, link, linkButton, paragraph, row, rowIf } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { localDateTime, localTime } from '../blocks/local-time.ts';
import { en } from '../../words/en/en.ts';
import { plainName, plainText } from '../blocks/untrusted-text.ts';
import type { Answer } from '../figures/answer-block.ts';
import { hasMoreChanges } from '../figures/changes-block.ts';

/** What the card of an export or a file tells in one state. */
export interface Story extends Banner {
  readonly details: readonly CardElement[];
  readonly buttons: readonly (CardButton | Fold)[];
  /** Its details say already which export or file it is about. */
  readonly namesItself?: true;
  /** More for a screen reader, in plain words. */
  readonly spoken?: string;
}

/** What a story is made from. */
export interface StoryContent {
  readonly job: ExportJob;
  readonly now: Date;
  /** Where an administrator allows the app; may be forwarded. */
  readonly adminUrl?: () => string;
  readonly download?: DownloadLink;
  /** What its file says, once it was read. */
  readonly answer?: Answer;
  /** How long it usually takes, once there is a history. */
  readonly usual?: UsualDuration;
  /** Asked for on a list: leads back there. */
  readonly from?: 'list';
  /** The requester's own view of a card that others see differently: says so, and offers to share. */
  readonly onlyYou?: boolean;
  /** Teams can save files to this person's OneDrive from here. */
  readonly canSave?: boolean;
}

/** Rows under a line, with the link to the view. Nobody needs to be told who they are. */
export function exportIdentity(job: ExportJob, audience: 'owner' | 'everybody'): Container {
  const rows: readonly CardElement[] = [
    row('View', targetLink(job.target), 'None'),
    ...(audience === 'everybody' ? [row('Asked by', data(plainText(job.requester.name, 'somebody')))] : []),
    ...exportFacts(job),
  ];
  return { type: 'Container', separator: true, spacing: 'Large', items: rows };
}

export const exportFacts = ({ target, requestedAt }: ExportJob): readonly ColumnSet[] => [
  ...rowIf('Organisation', target.place === undefined ? undefined : data(target.place)),
  ...rowIf('Asked', localDateTime(requestedAt)),
];

/** A link to what is exported, or its name where it has no address. */
export const targetLink = ({ label, address }: Target): CardElement =>
  address === undefined ? data(label) : link(`Open view ${plainText(label)}`, address);

/** "Export of view e5e7a3c1": plain words for summaries and notices. */
export const exportName = ({ target }: ExportJob): string => `Export of view ${plainName(target.label, '–')}`;

/** A one-time link, just made for one person. */
export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Stands beside all that the card says anyway. @param more buttons beside the link */
export function downloadPageBlock(
  { url, expiresAt }: DownloadLink,
  more: readonly CardButton[] = [],
): Container {
  const until = localTime(expiresAt);
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      paragraph(`The link works${until === undefined ? '' : ` until ${until},`} once for each format.`),
      {
        type: 'ActionSet',
        spacing: 'Small',
        actions: [...linkButton('Open download page', url, 'positive'), ...more],
      },
    ],
  };
}

interface FileButtonsContent {
  readonly subject: SubjectRef;
  readonly canDownload: boolean;
  readonly style?: 'positive';
  readonly from?: StoryContent['from'];
  /** In which it can be saved to OneDrive. */
  readonly formats: readonly FileFormat[];
  readonly answer: Answer | undefined;
}

/** The ways to take a file and to see more of it: the same for an export and for a file of somebody's own. */
export const fileButtons = (content: FileButtonsContent): readonly (CardButton | Fold)[] => {
  const { subject, canDownload, style, from, formats, answer } = content;
  return [
    ...(canDownload ? [button({ verb: 'download', subject, from }, { style })] : []),
    ...saveFold(formats.map((format) => saveButton(subject, format))),
    ...(hasMoreChanges(answer?.changes) ? [button({ verb: 'allChanges', subject })] : []),
  ];
};

const saveFold = (choices: readonly CardButton[]): readonly Fold[] =>
  choices.length === 0
    ? []
    : fold('save-to-onedrive', en.buttons.save, [
        paragraph('What shall I save? I’ll ask once more before anything is stored in your OneDrive.'),
        { type: 'ActionSet', spacing: 'Small', actions: choices },
      ]);
