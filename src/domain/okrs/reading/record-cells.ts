/** Reads the cells of one record by the rules of its file, and counts those that cannot be read. */
import { cellOf, usualHeaders, type Columns, type OkrField } from './columns.ts';
import type { Day } from './okr-row.ts';
import type { UnreadCellCause, ReadingGap } from './okr-summary.ts';
import { parseDay, readDay } from './read-day.ts';
import { parseNumber, readNumber } from './read-number.ts';
import type { ReadingRules } from './reading-rules.ts';

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

/** What the figures of the summary need. */
const neededForFigures: readonly OkrField[] = ['objectType', 'status', 'progress', 'endsOn', 'lastCheckInOn'];

type ReadingTrouble = ReturnType<typeof createReadingTrouble>;

/** Counts what could not be read of a file, by column and cause. */
export function createReadingTrouble({ fields }: Columns) {
  const unreadable = new Map<OkrField, Map<UnreadCellCause, number>>();
  let withoutTitle = 0;
  let withLostBytes = 0;
  return {
    /** At most once for each row and column. */
    unreadable: (field: OkrField, why: UnreadCellCause): void => {
      const causes = unreadable.get(field) ?? new Map<UnreadCellCause, number>();
      unreadable.set(field, causes.set(why, (causes.get(why) ?? 0) + 1));
    },
    noTitle: (): void => {
      withoutTitle += 1;
    },
    lostBytes: (): void => {
      withLostBytes += 1;
    },
    gaps: (): readonly ReadingGap[] => [
      ...(withLostBytes === 0 ? [] : [{ kind: 'unreadableLetters', rows: withLostBytes } as const]),
      ...neededForFigures
        .filter((field) => !fields.has(field))
        // Check-ins carry their own dates.
        .filter((field) => field !== 'lastCheckInOn' || !fields.has('checkIns'))
        .map((field) => ({ kind: 'noColumn', column: usualHeaders[field] }) as const),
      ...[...unreadable].flatMap(([field, causes]) =>
        [...causes].map(
          ([why, rows]) => ({ kind: 'unreadableCells', column: usualHeaders[field], rows, why }) as const,
        ),
      ),
      ...(withoutTitle === 0 ? [] : [{ kind: 'rowsWithoutTitle', rows: withoutTitle } as const]),
    ],
  };
}

/** In English, German, French, Spanish, Italian, Portuguese and Dutch; `#ERROR!` is Google's. */
const errorValues = new Set(
  (
    '#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #BUSY! #UNKNOWN! ' +
    '#EXTERNAL! #GETTING_DATA #ERROR! #NV #BEZUG! #WERT! #ZAHL! #VALEUR! #NOM? #NUL! #NOMBRE! #N/D #¡REF! #¡VALOR! ' +
    '#¿NOMBRE? #¡NULO! #¡NUM! #¡DIV/0! #RIF! #VALORE! #NOME? #NULLO! #VALOR! #NULO! #NÚM! #N/B #VERW! #WAARDE! #NAAM? ' +
    '#LEEG! #GETAL! #ÜBERLAUF! #DÉPASSEMENT! #DESBORDAMIENTO!'
  ).split(' '),
);
const longestError = 20;

export const isErrorValue = (text: string): boolean =>
  text.startsWith('#') && text.length <= longestError && errorValues.has(text.toUpperCase());

/** A function, a reference to a cell, or nothing behind the sign: what workbooks share a formula by. Text may begin with `=`, too. */
const formula =
  /^=(?:$|[-+(\s]*(?:[\p{L}_][\p{L}\d_.]*\(|(?:'[^']*'!|[\p{L}\d_.]+!)?\$?[A-Z]{1,3}\$?\d+(?![\p{L}\d])))/iu;

const isFormula = (text: string): boolean => text.startsWith('=') && formula.test(text.slice(0, 200));

/** Where people write what they like, and some of it begins with `=`: shown as it stands. */
const freeText: ReadonlySet<OkrField> = new Set([
  'title',
  'team',
  'description',
  'alignedTo',
  'metricName',
  'unit',
  'lastNote',
  'checkIns',
]);

/** @param text trimmed; undefined when it says something itself, or nothing at all */
export function noValueIn(text: string, field: OkrField): UnreadCellCause | undefined {
  if (isErrorValue(text)) return 'error';
  return isFormula(text) && !freeText.has(field) ? 'formula' : undefined;
}
