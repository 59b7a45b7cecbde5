/** Says in English what the sheets of a workbook say; the columns of the sheets that the bot reads back keep their own names. */
import type { OkrLevel } from '../../domain/okrs/reading/okr-row.ts';
import { number } from './phrasing/amounts.ts';

/** Excel takes 31 characters. */
const names = {
  summary: 'Summary',
  tree: 'OKR tree',
  checkIns: 'Check-ins',
  changes: 'Changes',
  info: 'Info',
};

const levels: Readonly<Record<OkrLevel, string>> = {
  objective: 'Objective',
  keyResult: 'Key result',
  other: 'Other',
};

const okr = { okr: 'OKR', type: 'Type', owner: 'Owner' };

const leftOut = 'What is left out';
const source = 'Source';

const summary = {
  title: 'OKR summary',
  leftOut,
  source,
  status: 'Status',
  nothing: 'Nothing stands out.',
  columns: { ...okr, progress: 'Progress', why: 'Why' },
};

const changes = {
  noEarlier: 'There is no earlier export of the same view to compare with.',
  since: 'Since',
  nothing: 'Nothing changed.',
  nothingElse: 'Nothing else changed.',
  weightiest: (total: number, listed: number) =>
    `${number(total)} changes: the ${number(listed)} weightiest are listed.`,
  columns: { change: 'Change', ...okr, from: 'From', to: 'To' },
};

const tooMany = (left: number, what: string, sheet: string): string =>
  `A sheet holds 1,048,576 rows: ${number(left)} ${what} are missing on “${sheet}” and stand in the original file.`;

const info = {
  title: 'About this file',
  requestedBy: 'Requested by',
  source,
  link: 'Link',
  requestId: 'Request id',
  madeBy: 'Made by',
  maker: (product: string) => `The goals export bot, from the data that the requester may see in ${product}`,
  howToRead: 'How to read it',
  about: [
    'Times are in UTC. Percentages are those of the file.',
    'Average progress covers OKRs that are neither Closed nor Postponed and say their progress.',
    'A figure of which more than one part in a hundred could not be read is told as “–”.',
    'Overdue: the end date is past, neither Closed nor Postponed, progress below 100%.',
    'Texts longer than a cell can hold are cut, with a mark. The original file is offered next to this one.',
  ],
  leftOut,
  nothing: 'Nothing.',
  rowsMissing: (left: number) => tooMany(left, 'rows', names.tree),
  checkInsMissing: (left: number) => tooMany(left, 'check-ins', names.checkIns),
};

const groups = {
  person: { name: 'By person', column: 'Person', none: 'Nobody' },
  bucket: { name: 'By bucket', column: 'Bucket', none: 'No bucket' },
  unfinished: 'Unfinished',
};

export const sheets = {
  groups,
  names,
  levels,
  summary,
  changes,
  info,
  noTree: (rows: number) =>
    `More than ${number(rows)} rows: they are listed in the order of the file, not as a tree.`,
  /** At the end of a text. */
  cut: '… (cut: too long for a cell)',
  noCheckIns: 'No row of the file has a check-in.',
};
