/** Says in English what the sheets of a workbook say; the columns of the sheets that the bot reads back keep their own names. */
import type { OkrChange } from '../../domain/okrs/changes/okr-changes.ts';
import type { OkrLevel } from '../../domain/okrs/reading/okr-row.ts';
import type {
  AttentionReason,
  ReadingGap,
  UnreadCellCause,
  UnreadFact,
} from '../../domain/okrs/reading/okr-summary.ts';
import { form, number } from './amounts.ts';

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

function reason(given: AttentionReason): string {
  switch (given.kind) {
    case 'atRisk':
      return 'At risk';
    case 'behind':
      return 'Behind';
    case 'overdue':
      return `Overdue since ${given.endedOn}`;
    case 'noCheckIn':
      return given.since === undefined ? 'No check-in yet' : `No check-in since ${given.since}`;
    case 'noProgress':
      return 'No progress';
  }
}

const unread: Readonly<Record<UnreadFact, string>> = {
  status: 'Status unknown',
  endDate: 'End date unknown',
  lastCheckIn: 'Last check-in unknown',
  progress: 'Progress unknown',
};

const unreadCauses: Readonly<Record<UnreadCellCause, string>> = {
  number: ': nothing shows whether a comma or a point stands before decimals',
  date: ': nothing shows whether the day or the month comes first',
  scale: ': 1 may be 1% or 100%',
  error: ', an error such as #N/A',
  formula: ', a formula without its result',
  other: '',
};

const amount = (many: number, one: string, others: string): string =>
  `${number(many)} ${form(many, one, others)}`;

function gap(given: ReadingGap): string {
  switch (given.kind) {
    case 'noColumn':
      return `The file has no column “${given.column}”.`;
    case 'unreadableCells':
      return `${amount(given.rows, 'row says', 'rows say')} something in “${given.column}” that I could not read${unreadCauses[given.why]}; it is left out here and stands in the original file.`;
    case 'rowsWithoutTitle':
      return `${amount(given.rows, 'row without a title was', 'rows without a title were')} left out.`;
    case 'windows1252':
      return 'The file is not in UTF-8: its letters were read as Windows-1252, as Excel’s plain “CSV” has them.';
    case 'unreadableLetters':
      return `${amount(given.rows, 'row holds', 'rows hold')} bytes that are no text; a � stands in their place, and the original file has them as they are.`;
    case 'otherSheets':
      return `This is what the sheet “${given.read}” says. ${amount(given.others, 'more sheet with the same columns was', 'more sheets with the same columns were')} left out.`;
    case 'capped':
      return given.what === 'tree'
        ? `The file has more than ${number(given.rows)} rows: the sheet “${names.tree}” lists them in the order of the file, not as a tree.`
        : `The file has more than ${number(given.rows)} rows: changes are told for the first ${number(given.rows)} only.`;
  }
}

const summary = {
  title: 'OKR summary',
  leftOut: 'What is left out',
  source: 'Source',
  asOf: 'Data as of',
  rows: 'Rows',
  objectives: 'Objectives',
  keyResults: 'Key results',
  others: 'Other',
  averageProgress: 'Average progress',
  overdue: 'Overdue',
  noCheckIn: 'No check-in for 14 days',
  byStatus: 'By status',
  status: 'Status',
  /** Of rows without a status, and of those whose status could not be read. */
  noStatus: '(none)',
  unknownStatus: '(unknown)',
  needsAttention: 'Needs attention',
  nothing: 'Nothing stands out.',
  unjudged: (rows: number) =>
    `–: for ${amount(rows, 'row', 'rows')} I can’t tell, as some values could not be read.`,
  columns: { ...okr, progress: 'Progress', why: 'Why' },
  reason,
  unread,
};

const kindsOfChange: Readonly<Record<OkrChange['kind'], string>> = {
  newlyAtRisk: 'Newly at risk',
  progressDown: 'Progress down',
  gone: 'Gone',
  recovered: 'Recovered',
  progressUp: 'Progress up',
  added: 'Added',
  statusChanged: 'Status changed',
  ownerChanged: 'Owner changed',
};

const changes = {
  title: 'What changed',
  noEarlier: 'There is no earlier export of the same view to compare with.',
  since: 'Since',
  uncompared: (okrs: number) =>
    `–: ${amount(okrs, 'OKR', 'OKRs')} could not be compared in full, as some values could not be read.`,
  nothing: 'Nothing changed.',
  nothingElse: 'Nothing else changed.',
  weightiest: (total: number, listed: number) =>
    `${number(total)} changes: the ${number(listed)} weightiest are listed.`,
  columns: { change: 'Change', ...okr, from: 'From', to: 'To' },
  kinds: kindsOfChange,
};

const tooMany = (left: number, what: string, sheet: string): string =>
  `A sheet holds 1,048,576 rows: ${number(left)} ${what} are missing on “${sheet}” and stand in the original file.`;

const info = {
  title: 'About this file',
  requestedBy: 'Requested by',
  source: 'Source',
  link: 'Link',
  asOf: 'Data as of',
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
  leftOut: 'What is left out',
  nothing: 'Nothing.',
  rowsMissing: (left: number) => tooMany(left, 'rows', names.tree),
  checkInsMissing: (left: number) => tooMany(left, 'check-ins', names.checkIns),
};

export const sheets = {
  names,
  levels,
  gap,
  summary,
  changes,
  info,
  noTree: (rows: number) =>
    `More than ${number(rows)} rows: they are listed in the order of the file, not as a tree.`,
  noCheckIns: 'No row of the file has a check-in.',
};
