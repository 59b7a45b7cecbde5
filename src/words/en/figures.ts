/** Says in English what a file says in figures, on cards and in the workbook: how many, how they stand, what needs attention. */
import type { OkrLevel } from '../../domain/okrs/reading/okr-row.ts';
import type { AttentionReason, UnreadFact } from '../../domain/okrs/reading/okr-summary.ts';
import { count, form, number, percent } from './phrasing/amounts.ts';
import type { Nouns } from './sources/source-words.ts';

const inSentence = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
const atStart = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

type Counted = OkrLevel | 'row';

const usualNouns: Nouns = {
  row: ['row', 'rows'],
  objective: ['objective', 'objectives'],
  keyResult: ['key result', 'key results'],
  other: ['other row', 'other rows'],
};

/** Of figures, and of columns and rows that hold them. */
const names = {
  averageProgress: 'Average progress',
  atRisk: 'At risk',
  overdue: 'Overdue',
  noCheckIn: 'No check-in for 14 days',
  dueSoon: 'Due within 7 days',
  noOwner: 'Nobody on it',
  noDueDate: 'No due date',
};

type Named = keyof typeof names;

/** Stand among the statuses of the file: rows without one, rows whose status could not be read, less usual statuses. */
const statuses = { none: 'No status', unknown: 'Unknown', others: 'Other' };

/** @param show how days are written there; one that cannot be is left out */
function reason(given: AttentionReason, show: (day: string) => string | undefined = (day) => day): string {
  switch (given.kind) {
    case 'atRisk':
      return names.atRisk;
    case 'behind':
      return 'Behind';
    case 'overdue': {
      const day = show(given.endedOn);
      return day === undefined ? names.overdue : `${names.overdue} since ${day}`;
    }
    case 'noCheckIn': {
      const day = given.since === undefined ? undefined : show(given.since);
      return day === undefined ? 'No check-in yet' : `No check-in since ${day}`;
    }
    case 'noProgress':
      return 'No progress yet';
  }
}

const unread: Readonly<Record<UnreadFact, string>> = {
  status: 'Status unknown',
  endDate: 'End date unknown',
  lastCheckIn: 'Last check-in unknown',
  progress: 'Progress unknown',
};

const asOf = 'Data as of';

/** @param nouns how a source speaks of its rows */
const figuresWith = (nouns: Nouns) => {
  const counted = (what: Counted, amount: number): string => count(amount, ...nouns[what]);
  return {
    /** @param soFar rows, where that is known */
    reading: (soFar: number | undefined) =>
      `Reading what it says${soFar === undefined ? '…' : `: ${counted('row', soFar)} so far.`} The figures appear here by themselves.`,
    counted,
    /** Below or behind a number that stands by itself. */
    noun: (what: Counted, amount: number) => form(amount, ...nouns[what]),
    /** Names those rows, and a column or row that counts them. */
    all: (what: Counted) => atStart(nouns[what][1]),
    names,
    /** Below a number that stands by itself. */
    label: (figure: Named) => inSentence(names[figure]),
    /** For whoever hears it: "17 at risk". */
    spoken: {
      averageProgress: (percentage: string) => `${inSentence(names.averageProgress)} ${percentage}`,
      count: (figure: Named, amount: number) => `${number(amount)} ${inSentence(names[figure])}`,
      sentence: (parts: readonly string[]) => `${parts.join(', ')}.`,
    },
    statuses,
    byStatus: 'By status',
    levelsByStatus: (levels: string) => `${levels} by status`,
    needsAttention: 'Needs attention',
    reason,
    unread,
    at: (progress: number) => `at ${percent(progress)}`,
    unjudged: (rows: number) =>
      `–: for ${counted('row', rows)} I can’t tell, as some values could not be read.`,
    asOf,
    asOfTime: (when: string) => `${asOf} ${when}`,
  };
};

export const figures = { ...figuresWith(usualNouns), with: figuresWith };
