/** Draws the card of a file that a person sent, from "got it" to what it says, and its buttons. */
import { fileFormats, type UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import type { OwnFile, OwnFileLimits } from '../../domain/own-files/own-file.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, ColumnSet } from '../blocks/adaptive-card.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { button } from '../blocks/buttons.ts';
import { banner, data, fold, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { downloadPageBlock, fileButtons } from '../export/export-blocks.ts';
import type { DownloadLink, Story } from '../export/export-blocks.ts';
import { answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import type { Answer } from '../figures/answer-block.ts';
import { mayReadAgain } from '../figures/not-summarised.ts';
import { notTaken } from './sent-files-card.ts';

export interface OwnFileCardContent {
  readonly file: OwnFile;
  readonly answer?: Answer;
  readonly limits: OwnFileLimits;
  readonly canSave: boolean;
  readonly download?: DownloadLink;
}

export function ownFileCard(words: Words, content: OwnFileCardContent): Card {
  const { file, download } = content;
  const { facts, yourFile } = words.ownFiles;
  const story = ownFileStory(words, content);
  const summary = yourFile(story.title);
  return createCard({
    summary,
    speak: [`${summary}.`, story.lead ?? '', story.spoken ?? ''].join(' ').trim(),
    body: [
      banner(story),
      ...story.details,
      ...(download === undefined ? [] : [downloadPageBlock(words, download)]),
      ...(story.namesItself === true
        ? []
        : rowGroup([row(facts.name, data(file.name)), ...fileFacts(words, file)])),
    ],
    actions: story.buttons,
  });
}

function ownFileStory(words: Words, content: OwnFileCardContent): Story {
  const { received, reading } = words.ownFiles;
  const { file, limits } = content;
  switch (file.state.status) {
    case 'received':
      return { tone: 'accent', icon: '◔', ...received, details: [], buttons: [] };
    case 'reading':
      return { tone: 'accent', icon: '◕', ...reading, details: [], buttons: [] };
    case 'read':
      return readStory(words, content);
    case 'unread':
      return unreadStory(words, content, file.state.why);
    case 'notTaken':
      return { ...notTaken(words, file.state.why, limits), details: [], buttons: [] };
  }
}

function readStory(words: Words, { file, answer, canSave, download }: OwnFileCardContent): Story {
  const shown = answer === undefined ? undefined : ({ kind: 'read', ...answer } as const);
  const parts = answerParts(words, shown);
  const isKept = file.keptUntil !== undefined;
  const style = download === undefined ? { style: 'positive' as const } : {};
  return {
    tone: 'good',
    icon: '✓',
    title: words.ownFiles.read,
    spoken: answerSpoken(words, shown),
    namesItself: true,
    details: [{ ...data(file.name), spacing: 'Medium' }, ...asOfLine(words, shown), ...parts.shown],
    buttons: [
      ...fileButtons(words, {
        subject: { kind: 'ownFile', id: file.id },
        canDownload: isKept,
        ...style,
        formats: isKept && canSave ? fileFormats : [],
        answer,
      }),
      ...parts.attention,
      ...fold('details', words.ownFiles.details, [...parts.details, ...rowGroup(fileFacts(words, file))]),
    ],
  };
}

function fileFacts(
  { amounts, ownFiles }: Words,
  { size, kind, receivedAt, keptUntil }: OwnFile,
): readonly ColumnSet[] {
  const { facts, types } = ownFiles;
  const type = kind === undefined ? [] : [types[kind]];
  const about = [...type, ...(size === undefined ? [] : [amounts.fileSize(size)])];
  const until = localDateTime(keptUntil);
  return [
    ...rowIf(facts.file, about.length === 0 ? undefined : about.join(', ')),
    ...rowIf(facts.received, localDateTime(receivedAt)),
    ...rowIf(facts.kept, until === undefined ? undefined : ownFiles.keptUntil(until)),
  ];
}

function unreadStory(words: Words, { file, limits }: OwnFileCardContent, why: UnreadCause): Story {
  return {
    tone: 'warning',
    icon: '?',
    title: words.ownFiles.unread,
    lead: words.notSummarised.reason(why),
    details: [footnote(words.ownFiles.iRead(limits))],
    buttons: mayReadAgain(why)
      ? [
          button(
            words,
            { verb: 'readAgain', subject: { kind: 'ownFile', id: file.id } },
            { style: 'positive' },
          ),
        ]
      : [],
  };
}
