/** Builds what all cards of an export share: which one it is, the ways to its file; types what each state tells. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';
import type { CardButton, CardElement, ColumnSet, Container, Fold } from '../blocks/adaptive-card.ts';
import type { Spacing } from '../blocks/placed.ts';
import { button, saveButton } from '../blocks/buttons.ts';
import { data, fold, link, linkButton, paragraph, row, rowIf } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { actionRow } from '../blocks/select-row.ts';
import { localDateTime, localTime } from '../blocks/local-time.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
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

/** Rows under a line, with the link to the target. Nobody needs to be told who they are. */
export function exportIdentity(words: Words, job: ExportJob, audience: 'owner' | 'everybody'): Container {
  const { askedBy } = words.exports.card;
  const rows: readonly CardElement[] = [
    targetRow(words, job.target, 'None'),
    ...(audience === 'everybody' ? [row(askedBy, requesterName(words, job))] : []),
    ...exportFacts(words, job),
  ];
  return { type: 'Container', separator: true, spacing: 'Large', items: rows };
}

export const requesterName = (words: Words, { requester }: ExportJob): CardElement =>
  data(plainText(requester.name, words.exports.card.somebody));

export const exportFacts = (words: Words, { target, requestedAt }: ExportJob): readonly ColumnSet[] => [
  ...rowIf(wordsOfSource(words, target).place, target.place === undefined ? undefined : data(target.place)),
  ...rowIf(words.exports.card.asked, localDateTime(requestedAt)),
];

export const targetRow = (words: Words, target: Target, spacing?: Spacing): ColumnSet =>
  row(wordsOfSource(words, target).target.title, targetLink(words, target), spacing);

/** A link to what is exported, or its name where it has no address. */
export function targetLink(words: Words, target: Target): CardElement {
  const { label, address } = target;
  if (address === undefined) return data(label);
  return link(wordsOfSource(words, target).target.open(plainText(label)), address);
}

/** "Export of view e5e7a3c1": plain words for summaries and notices. */
export const exportName = (words: Words, { target }: ExportJob): string =>
  wordsOfSource(words, target).target.exportOf(plainName(target.label, '–'));

/** A one-time link, just made for one person. */
export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Stands beside all that the card says anyway. */
export function downloadPageBlock({ exports: { file } }: Words, { url, expiresAt }: DownloadLink): Container {
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'Medium',
    items: [
      paragraph(file.linkWorks(localTime(expiresAt))),
      {
        type: 'ActionSet',
        spacing: 'Small',
        actions: linkButton(file.openPage, url, 'positive'),
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
export function fileButtons(words: Words, content: FileButtonsContent): readonly (CardButton | Fold)[] {
  const { subject, canDownload, style, from, formats, answer } = content;
  return [
    ...(canDownload ? [button(words, { verb: 'download', subject, from }, { style })] : []),
    ...saveFold(words, subject, formats),
    ...(hasMoreChanges(answer?.changes) ? [button(words, { verb: 'allChanges', subject })] : []),
  ];
}

const saveFold = (words: Words, subject: SubjectRef, formats: readonly FileFormat[]): readonly Fold[] =>
  formats.length === 0
    ? []
    : fold('save-to-onedrive', words.buttons.save, [
        paragraph(words.exports.file.whatToSave),
        ...formats.map((format) =>
          actionRow(saveButton(words, subject, format), words.pages.offer.formats[format].tells),
        ),
      ]);
