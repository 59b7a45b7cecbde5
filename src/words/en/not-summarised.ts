/** Says in English what of a file could not be summarised and why: all of it, or a part. */
import type { UnreadCause } from '../../domain/okrs/file/okr-file.ts';
import type { ReadingGap, UnreadCellCause } from '../../domain/okrs/reading/okr-summary.ts';
import { count, form, number } from './phrasing/amounts.ts';
import type { RichText } from './phrasing/rich-text.ts';
import type { SourceWords } from './sources/source-words.ts';
import { sources } from './sources/sources.ts';

/** After "I could not summarise it: ". */
const reasons: Readonly<Record<UnreadCause, string>> = {
  noTitleColumn: 'it has no “Title” column.',
  noRows: 'it has a header, but no rows.',
  empty: 'it is empty.',
  archive: 'it is an archive, not a table.',
  numbers: 'it is a Numbers file.',
  otherSpreadsheet: 'it is a kind of spreadsheet that I can’t read.',
  notATable: 'it is not a table that I can read.',
  tooLarge: 'it is larger than what I can read.',
  tooManyRows: 'it has more rows than I can read.',
  unpacksTooLarge: 'unpacked, it is larger than what I can read.',
  encrypted:
    'it is protected with a password or a label. In Excel, take the protection off (File > Info > Protect Workbook), save it, and send it again.',
  damaged: 'it seems to be damaged or cut off.',
  tookTooLong: 'reading it took too long.',
  crashed: 'reading it failed several times.',
  later: 'I couldn’t fetch it to read it.',
  noRoom: 'my disk is full. Whoever runs this bot has to make room; then press Read again.',
  signInNeeded: 'I need your sign-in to read it. Press Read again, and I’ll ask.',
};

const fine = 'The file itself is fine to download.';
const mayWork = 'Download may still work.';

/** What it means for the file of an export: a reading that failed is no proof that a download works. */
const hints: Readonly<Record<UnreadCause, string>> = {
  noTitleColumn: fine,
  noRows: fine,
  tooManyRows: fine,
  unpacksTooLarge: fine,
  encrypted: fine,
  tookTooLong: fine,
  crashed: fine,
  empty: 'Exporting it again may give a new one.',
  archive: mayWork,
  numbers: mayWork,
  otherSpreadsheet: mayWork,
  notATable: mayWork,
  tooLarge: mayWork,
  damaged: mayWork,
  later: 'Download tries again.',
  noRoom: fine,
  signInNeeded: '',
};

/** After "2 cells in “Progress %” ". */
const unreadCells: Readonly<Record<UnreadCellCause, (hold: string) => string>> = {
  number: (hold) =>
    `${hold} a number like 1,234, and the file does not show whether a comma or a point stands before decimals.`,
  date: (hold) =>
    `${hold} a date like 03/04/2026, and the file does not show whether the day or the month comes first.`,
  scale: (hold) => `${hold} 1, which may be 1% or 100%: the file has no other number there.`,
  error: (hold) => `${hold} a spreadsheet’s error such as #N/A.`,
  formula: (hold) =>
    `${hold} a formula without its result. Open the file in Excel, save it and send it again.`,
  other: () => 'could not be understood.',
};

function unreadCellsOf({ column, rows, why }: Extract<ReadingGap, { kind: 'unreadableCells' }>): RichText {
  const said = unreadCells[why](form(rows, 'holds', 'hold'));
  const leftOut = form(
    rows,
    'It is left out, and figures that it',
    'They are left out, and figures that they',
  );
  return [
    `${count(rows, 'cell')} in “`,
    { data: column },
    `” ${said} ${leftOut} could change by more than 1% are “–”.`,
  ];
}

/** A source that has left this bot since, or says something new, has no words of its own. */
function sentenceOf({ source, what }: Extract<ReadingGap, { kind: 'notGiven' }>): string {
  const known: Readonly<Record<string, SourceWords>> = sources.byName;
  const words = Object.hasOwn(known, source) ? known[source] : undefined;
  return words?.gaps?.[what] ?? 'Something of it could not be read at its source.';
}

/** The same on cards and in the workbook. */
function gap(given: ReadingGap): RichText {
  switch (given.kind) {
    case 'noColumn':
      return [
        'There is no column “',
        { data: given.column },
        '” in the file, so I can’t say what depends on it.',
      ];
    case 'unreadableCells':
      return unreadCellsOf(given);
    case 'rowsWithoutTitle':
      return [`${count(given.rows, 'row')} without a title ${form(given.rows, 'was', 'were')} left out.`];
    case 'windows1252':
      return [
        'The file is not in UTF-8, so I read its letters as Windows-1252, as Excel’s plain “CSV” has them. If names look odd, save it as “CSV UTF-8” first.',
      ];
    case 'unreadableLetters':
      return [
        `${count(given.rows, 'row')} ${form(given.rows, 'holds', 'hold')} bytes that are no text; a � stands in their place, and the original file has them as they are.`,
      ];
    case 'otherSheets':
      return [
        'This is what the sheet “',
        { data: given.read },
        `” says. ${count(given.others, 'more sheet')} with the same columns ${form(given.others, 'was', 'were')} left out.`,
      ];
    case 'notGiven':
      return [sentenceOf(given)];
    case 'capped':
      return [capped[given.what](number(given.rows))];
  }
}

const capped: Readonly<Record<Extract<ReadingGap, { kind: 'capped' }>['what'], (rows: string) => string>> = {
  tree: (rows) =>
    `The file has more than ${rows} rows: the workbook lists them in the order of the file, not as a tree.`,
  changes: (rows) => `The file has more than ${rows} rows: changes are told for the first ${rows} only.`,
};

export const notSummarised = {
  /** A sentence of its own. */
  reason: (why: UnreadCause): string => `${reasons[why].slice(0, 1).toUpperCase()}${reasons[why].slice(1)}`,
  /** Of the file of an export. */
  export: (why: UnreadCause): string => `I could not summarise it: ${reasons[why]} ${hints[why]}`.trim(),
  gap,
  moreGaps: (left: number) => `… and ${number(left)} more like these.`,
  moreGapsInDetails: (left: number) => `… and ${number(left)} more under Details.`,
};
