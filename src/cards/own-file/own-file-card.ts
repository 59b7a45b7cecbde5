/** Draws the card of a file that a person sent, from "got it" to what it says. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, ColumnSet } from '../blocks/adaptive-card.ts';
import { banner, data, footnote, row, rowGroup, fold, rowIf } from '../blocks/card-blocks.ts';
import { downloadPageBlock, saveFold } from '../export/export-blocks.ts';
import type { NotTakenCause, OwnFile } from '../../domain/own-files/own-file.ts';
import type { UnreadCause } from '../../domain/okrs/file/unreadable-cause.ts';
import { number, fileSize } from '../blocks/amounts.ts';
import type { Answer } from '../figures/answer-block.ts';
import { answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { hasMoreChanges } from '../figures/changes-block.ts';
import { localDateTime } from '../blocks/local-time.ts';
import type { Story, DownloadLink } from '../export/export-blocks.ts';
import { ownFileButton, ownFileSaveChoices } from './own-file-buttons.ts';
import { readableFiles, otherKindWords } from './sent-files-card.ts';
import type { OwnFileLimits } from './sent-files-card.ts';
import { mayReadAgain, unreadReason } from '../figures/unreadable-words.ts';

export interface OwnFileCardContent {
  readonly file: OwnFile;
  readonly answer?: Answer;
  readonly limits: OwnFileLimits;
  readonly canSave: boolean;
  readonly download?: DownloadLink;
  /** One line that tells what came of the button just pressed. */
  readonly note?: string;
}

export function ownFileCard(content: OwnFileCardContent): Card {
  const { file, note, download } = content;
  const story = ownFileStory(content);
  return createCard({
    summary: `Your file: ${story.title}`,
    speak: [`Your file: ${story.title}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...(note === undefined ? [] : [footnote(note)]),
      ...story.details,
      ...(download === undefined ? [] : [downloadPageBlock(download)]),
      ...(story.namesItself === true ? [] : rowGroup([row('Name', data(file.name)), ...fileFacts(file)])),
    ],
    actions: story.buttons,
  });
}

function ownFileStory(content: OwnFileCardContent): Story {
  const { file } = content;
  switch (file.state.status) {
    case 'received':
      return { ...received, details: [], buttons: [] };
    case 'reading':
      return { ...reading, details: [], buttons: [] };
    case 'read':
      return readStory(content);
    case 'unread':
      return unreadStory(content, file.state.why);
    case 'notTaken':
      return { ...notTaken(file.state.why, content.limits), details: [], buttons: [] };
  }
}

const received: Banner = {
  tone: 'accent',
  icon: '◔',
  title: 'Got your file',
  lead: 'I’m fetching it. The answer will appear here.',
};

const reading: Banner = {
  tone: 'accent',
  icon: '◕',
  title: 'Reading your file',
  lead: 'The answer will appear here.',
};

function readStory({ file, answer, canSave, download }: OwnFileCardContent): Story {
  const shown = answer === undefined ? undefined : ({ kind: 'read', ...answer } as const);
  const parts = answerParts(shown);
  const isKept = file.keptUntil !== undefined;
  const style = download === undefined ? { style: 'positive' as const } : {};
  return {
    tone: 'good',
    icon: '✓',
    title: 'Here is what your file says',
    spoken: answerSpoken(shown),
    namesItself: true,
    details: [{ ...data(file.name), spacing: 'Medium' }, ...asOfLine(shown), ...parts.shown],
    buttons: [
      ...(isKept ? [ownFileButton('downloadFile', file.id, style)] : []),
      ...saveFold(isKept && canSave ? ownFileSaveChoices(file.id) : []),
      ...(hasMoreChanges(answer?.changes) ? [ownFileButton('fileChanges', file.id)] : []),
      ...parts.attention,
      ...fold('details', 'Details', [...parts.details, ...rowGroup(fileFacts(file))]),
    ],
  };
}

function fileFacts({ size, kind, receivedAt, keptUntil }: OwnFile): readonly ColumnSet[] {
  const type = kind === undefined ? undefined : kind === 'csv' ? 'CSV' : 'Excel';
  const about = [type, size === undefined ? undefined : fileSize(size)].filter((one) => one !== undefined);
  const until = localDateTime(keptUntil);
  return [
    ...rowIf('File', about.length === 0 ? undefined : about.join(', ')),
    ...rowIf('Received', localDateTime(receivedAt)),
    ...rowIf('Kept', until === undefined ? undefined : `until ${until}`),
  ];
}

function unreadStory({ file, limits }: OwnFileCardContent, why: UnreadCause): Story {
  return {
    tone: 'warning',
    icon: '?',
    title: 'I could not summarise this file',
    lead: sentence(unreadReason(why)),
    details: [footnote(`I read ${readableFiles(limits)}.`)],
    buttons: mayReadAgain(why) ? [ownFileButton('readFileAgain', file.id, { style: 'positive' })] : [],
  };
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const notTakenWords: Readonly<
  Record<NotTakenCause, (limits: OwnFileLimits) => Pick<Banner, 'title' | 'lead'>>
> = {
  linkTooOld: () => ({
    title: 'Please send the file again',
    lead: 'Teams lets me fetch a file for a few minutes only, and they were over before I could.',
  }),
  hostNotAllowed: () => ({
    title: 'I can’t take this file',
    lead: 'It is kept in a place that I may not fetch files from. Save it to your OneDrive and send it from there, or ask whoever runs this bot.',
  }),
  redirected: () => ({
    title: 'I couldn’t fetch your file',
    lead: 'Teams’ link to it leads on to another place, which I don’t follow. Please send the file again. If that does not help, save it to your OneDrive and send it from there.',
  }),
  empty: () => ({
    title: 'This file is empty',
    lead: 'There is nothing in it. Please send me a copy that has rows.',
  }),
  archive: () => otherKindWords.archive,
  numbers: () => otherKindWords.numbers,
  otherSpreadsheet: () => otherKindWords.otherSpreadsheet,
  tooLarge: ({ megabytes }) => ({
    title: 'This file is too large for me',
    lead: `I take files of up to ${number(megabytes)} MB. Export fewer columns or a smaller view, and send that.`,
  }),
  notATable: (limits) => ({
    title: 'I can’t read this kind of file',
    lead: `I read ${readableFiles(limits)}.`,
  }),
  unreachable: () => ({
    title: 'I couldn’t fetch your file',
    lead: 'Teams did not hand it over. Please send it once more in a minute.',
  }),
};

const notTaken = (why: NotTakenCause, limits: OwnFileLimits): Banner => ({
  tone: 'warning',
  icon: '✕',
  ...notTakenWords[why](limits),
});
