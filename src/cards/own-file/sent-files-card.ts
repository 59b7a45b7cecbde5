/** Says which sent files are not taken and why: too many at once, of a kind that the bot does not read, or not to be had. */
import { otherKindOf } from '../../domain/own-files/own-file.ts';
import type { NotTakenCause } from '../../domain/own-files/own-file.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { number } from '../../words/en/amounts.ts';

/** As configured: `MAX_UPLOAD_MB`, `MAX_ROWS`. */
export interface OwnFileLimits {
  readonly megabytes: number;
  readonly rows: number;
}

/** The end of a sentence. */
export const readableFiles = ({ megabytes, rows }: OwnFileLimits): string =>
  `Viva Goals exports as CSV or Excel (.xlsx), up to ${number(megabytes)} MB and ${number(rows)} rows`;

const maxNamed = 10;

/** How each kind of file becomes one that can be read. */
const otherKindWords = {
  archive: {
    title: 'I can’t look into archives',
    lead: 'Please unpack the archive and send me the CSV or Excel (.xlsx) file inside.',
  },
  numbers: {
    title: 'I can’t read Numbers files',
    lead: 'In Numbers, choose File > Export To > CSV or Excel, and send me that file.',
  },
  otherSpreadsheet: {
    title: 'I can’t read this kind of spreadsheet',
    lead: 'Please open the spreadsheet in the program that made it, save it as .xlsx or CSV, and send me that file.',
  },
} as const;

/** Files that are not fetched at all: their names say what they are. */
export function unreadableFilesCard(names: readonly string[], limits: OwnFileLimits): Card {
  const general = {
    title: names.length === 1 ? 'I can’t read this kind of file' : 'I can’t read these kinds of files',
    lead: `I read ${readableFiles(limits)}.`,
  };
  const kinds = [...new Set(names.map(otherKindOf))];
  const words = kinds.map((kind) => (kind === 'notATable' ? general : otherKindWords[kind]));
  const { title } = words.length === 1 ? (words[0] ?? general) : general;
  const lead = words.map((one) => one.lead).join(' ');
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '✕', title, lead }),
      ...names.slice(0, maxNamed).map((name) => row('File', data(name))),
    ],
  });
}

/** More files in one message than are taken from one. */
export function leftOutFilesCard(names: readonly string[], max: number): Card {
  const title = names.length === 1 ? 'I left out one file' : `I left out ${names.length} files`;
  const lead = `I take ${max} files from one message. Please send the rest again in a new one.`;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '…', title, lead }),
      ...names.slice(0, maxNamed).map((name) => row('File', data(name))),
    ],
  });
}

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

/** One that looked as if it could be taken. */
export const notTaken = (why: NotTakenCause, limits: OwnFileLimits): Banner => ({
  tone: 'warning',
  icon: '✕',
  ...notTakenWords[why](limits),
});
