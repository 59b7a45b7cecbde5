/** Draws the card of a file that a person sent, from "got it" to what it says, and its buttons. */
import { fileFormats, type UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, ColumnSet } from '../blocks/adaptive-card.ts';
import { fileSize } from '../../words/en/amounts.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { button } from '../blocks/buttons.ts';
import { banner, data, fold, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { downloadPageBlock, fileButtons } from '../export/export-blocks.ts';
import type { DownloadLink, Story } from '../export/export-blocks.ts';
import { answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import type { Answer } from '../figures/answer-block.ts';
import { mayReadAgain, unreadReason } from '../figures/not-summarised.ts';
import { notTaken, readableFiles } from './sent-files-card.ts';
import type { OwnFileLimits } from './sent-files-card.ts';

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
      ...fileButtons({
        subject: { kind: 'ownFile', id: file.id },
        canDownload: isKept,
        ...style,
        formats: isKept && canSave ? fileFormats : [],
        answer,
      }),
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
    buttons: mayReadAgain(why)
      ? [button({ verb: 'readAgain', subject: { kind: 'ownFile', id: file.id } }, { style: 'positive' })]
      : [],
  };
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
