/** Reads the cells of one record by the rules of its file, and notes those that cannot be read. */
import { cellOf, type Columns, type OkrField } from './columns.ts';
import { noValueIn } from './no-value.ts';
import type { Day } from './okr-row.ts';
import type { UnreadCellCause } from './okr-summary.ts';
import { parseDay, readDay } from './read-day.ts';
import { parseNumber, readNumber } from './read-number.ts';
import type { ReadingRules } from './reading-rules.ts';
import type { ReadingTrouble } from './reading-trouble.ts';

/** Ways to say "nothing" that are no reading trouble. */
const emptyWords = /^(?:-|–|—|n\/?a|none|null|0001-01-01.*|0?1[-/.]0?1[-/.]0001.*)$/i;

export type RecordCells = ReturnType<typeof createRecordCells>;

export interface RecordReading {
  readonly columns: Columns;
  readonly rules: ReadingRules;
  readonly record: readonly string[];
  readonly trouble: ReadingTrouble;
}

/** The cells of one record; what cannot be read is noted once for each field. */
export function createRecordCells({ columns, rules, record, trouble }: RecordReading) {
  const unread = new Set<OkrField>();
  const fail = (field: OkrField, why: UnreadCellCause): void => {
    if (!unread.has(field)) trouble.unreadable(field, why);
    unread.add(field);
  };
  const text = (field: OkrField): string | undefined => {
    const written = cellOf(columns, record, field);
    const why = written === undefined ? undefined : noValueIn(written, field);
    if (why === undefined) return written;
    fail(field, why);
    return undefined;
  };
  const typed = (field: OkrField): string | undefined => {
    const cell = text(field);
    return cell === undefined || emptyWords.test(cell) ? undefined : cell;
  };
  const number = (field: OkrField): number | undefined => {
    const cell = typed(field);
    const value = cell === undefined ? undefined : readNumber(cell, rules.numbers(field));
    if (cell !== undefined && value === undefined)
      fail(field, parseNumber(cell) === undefined ? 'other' : 'number');
    return value;
  };
  const dayIn = (field: OkrField, cell: string): Day | undefined => {
    if (emptyWords.test(cell)) return undefined;
    const day = readDay(cell, rules.days(field));
    if (day === undefined) fail(field, parseDay(cell) === undefined ? 'other' : 'date');
    return day;
  };
  const day = (field: OkrField): Day | undefined => {
    const cell = typed(field);
    return cell === undefined ? undefined : dayIn(field, cell);
  };
  const progress = (): number | undefined => {
    const value = number('progress');
    const hasSign = cellOf(columns, record, 'progress')?.endsWith('%') === true;
    if (value === undefined || value === 0 || hasSign || rules.progress === 'percent') return value;
    // Rounded like Excel's own percentages: 0.07 × 100 is 7.000000000000001.
    if (rules.progress === 'fraction') return Math.round(value * 1e10) / 1e8;
    fail('progress', 'scale');
    return undefined;
  };
  return {
    text,
    number,
    progress,
    day,
    dayIn,
    fail,
    unread: (): readonly OkrField[] | undefined => (unread.size === 0 ? undefined : [...unread]),
  };
}
