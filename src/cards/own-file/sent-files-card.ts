/** Says which sent files are not taken and why: too many at once, or of a kind that the bot does not read. */
import { otherKindOf } from '../../domain/own-files/own-file.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';
import { number } from '../blocks/amounts.ts';

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
export const otherKindWords = {
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
