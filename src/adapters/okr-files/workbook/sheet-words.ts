/** Holds the words that several sheets of a workbook share. */
import type { OkrChange } from '../../../domain/okrs/changes/okr-changes.ts';
import type { OkrLevel } from '../../../domain/okrs/reading/okr-row.ts';
import type {
  AttentionReason,
  ReadingGap,
  UnreadCellCause,
  UnreadFact,
} from '../../../domain/okrs/reading/okr-summary.ts';

export const sheetNames = {
  summary: 'Summary',
  tree: 'OKR tree',
  checkIns: 'Check-ins',
  changes: 'Changes',
  info: 'Info',
} as const;

export const levelWords: Readonly<Record<OkrLevel, string>> = {
  objective: 'Objective',
  keyResult: 'Key result',
  other: 'Other',
};

/** Of a row without a status. */
export const noStatus = '(none)';

export const changeWords: Readonly<Record<OkrChange['kind'], string>> = {
  newlyAtRisk: 'Newly at risk',
  progressDown: 'Progress down',
  gone: 'Gone',
  recovered: 'Recovered',
  progressUp: 'Progress up',
  added: 'Added',
  statusChanged: 'Status changed',
  ownerChanged: 'Owner changed',
};

export function reasonWords(reason: AttentionReason): string {
  switch (reason.kind) {
    case 'atRisk':
      return 'At risk';
    case 'behind':
      return 'Behind';
    case 'overdue':
      return `Overdue since ${reason.endedOn}`;
    case 'noCheckIn':
      return reason.since === undefined ? 'No check-in yet' : `No check-in since ${reason.since}`;
    case 'noProgress':
      return 'No progress';
  }
}

export const unreadWords: Readonly<Record<UnreadFact, string>> = {
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

export const inGroups = (count: number): string => count.toLocaleString('en-US');

const rowsAre = (rows: number, one: string, many: string): string =>
  rows === 1 ? `1 row ${one}` : `${inGroups(rows)} rows ${many}`;

export function gapWords(gap: ReadingGap): string {
  switch (gap.kind) {
    case 'noColumn':
      return `The file has no column “${gap.column}”.`;
    case 'unreadableCells':
      return `${rowsAre(gap.rows, 'says', 'say')} something in “${gap.column}” that I could not read${unreadCauses[gap.why]}; it is left out here and stands in the original file.`;
    case 'rowsWithoutTitle':
      return `${rowsAre(gap.rows, 'without a title was', 'without a title were')} left out.`;
    case 'windows1252':
      return 'The file is not in UTF-8: its letters were read as Windows-1252, as Excel’s plain “CSV” has them.';
    case 'unreadableLetters':
      return `${rowsAre(gap.rows, 'holds', 'hold')} bytes that are no text; a � stands in their place, and the original file has them as they are.`;
    case 'otherSheets':
      return `This is what the sheet “${gap.read}” says. ${gap.others === 1 ? '1 more sheet' : `${inGroups(gap.others)} more sheets`} with the same columns ${gap.others === 1 ? 'was' : 'were'} left out.`;
    case 'capped':
      return gap.what === 'tree'
        ? `The file has more than ${inGroups(gap.rows)} rows: the sheet “${sheetNames.tree}” lists them in the order of the file, not as a tree.`
        : `The file has more than ${inGroups(gap.rows)} rows: changes are told for the first ${inGroups(gap.rows)} only.`;
  }
}
