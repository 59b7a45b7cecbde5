/** Answers for turning the records of an export into rows, and for what could not be read on the way. */
import { present } from '../present.ts';
import { usualHeaders, type Columns, type OkrField } from './columns.ts';
import { levelOf } from './level-of-row.ts';
import type { CheckIn, Day, OkrRow } from './okr-row.ts';
import type { ReadingGap } from './okr-summary.ts';
import { readAlignments } from './read-alignments.ts';
import { readCheckIn } from './read-check-in.ts';
import { readDay } from './read-day.ts';
import { readNumber } from './read-number.ts';
import { statusIn } from './row-rules.ts';

/** What the figures of the summary need. */
const neededForFigures: readonly OkrField[] = ['objectType', 'status', 'progress', 'endsOn', 'lastCheckInOn'];
/** Ways to say "nothing" that are no reading trouble. */
const emptyWords = /^(?:-|–|—|n\/?a|none|null|0001-01-01.*)$/i;
const mostFurtherCheckIns = 1_000;

export interface RowReader {
  /** Undefined for a record without a title; never throws, whatever the record holds. */
  readonly read: (record: readonly string[]) => OkrRow | undefined;
  /** Of the records read so far. */
  readonly gaps: () => readonly ReadingGap[];
}

/** What decoders put in the place of bytes that are no text. */
const replacement = '\uFFFD';

export function createRowReader(columns: Columns): RowReader {
  const trouble = createTrouble(columns);
  const textOf = (record: readonly string[], field: OkrField): string | undefined => {
    const at = columns.fields.get(field);
    const text = at === undefined ? '' : (record[at] ?? '').trim();
    return text === '' ? undefined : text;
  };
  return {
    read: (record) => {
      if (record.some((cell) => cell.includes(replacement))) trouble.lostBytes();
      const title = textOf(record, 'title');
      if (title !== undefined) return rowOf(columns, (field) => textOf(record, field), record, trouble);
      if (record.some((cell) => cell.trim() !== '')) trouble.noTitle();
      return undefined;
    },
    gaps: trouble.gaps,
  };
}

type TextOf = (field: OkrField) => string | undefined;
type Trouble = ReturnType<typeof createTrouble>;

function rowOf(columns: Columns, textOf: TextOf, record: readonly string[], trouble: Trouble): OkrRow {
  const typed = <T>(field: OkrField, parse: (text: string) => T | undefined): T | undefined => {
    const text = textOf(field);
    if (text === undefined || emptyWords.test(text)) return undefined;
    const value = parse(text);
    if (value === undefined) trouble.unreadable(field);
    return value;
  };
  const day = (field: OkrField): Day | undefined => typed(field, readDay);
  const number = (field: OkrField): number | undefined => typed(field, readNumber);
  const alignedTo = readAlignments(textOf('alignedTo') ?? '');
  const target = number('target');
  const metricName = textOf('metricName');
  const status = textOf('status');
  const types = present({ objectType: textOf('objectType'), goalType: textOf('goalType') });
  return {
    title: textOf('title') ?? '',
    level: levelOf({
      ...types,
      isAligned: alignedTo.length > 0,
      measures: (metricName ?? target) !== undefined,
    }),
    teams: (textOf('team') ?? '')
      .split(';')
      .map((team) => team.trim())
      .filter((team) => team !== ''),
    alignedTo,
    checkIns: checkInsOf(columns, record),
    others: othersOf(columns, record),
    ...types,
    ...present({
      id: textOf('id'),
      creator: textOf('creator'),
      owner: textOf('owner'),
      period: textOf('period'),
      startsOn: day('startsOn'),
      endsOn: day('endsOn'),
      description: textOf('description'),
      metricName,
      unit: textOf('unit'),
      target,
      start: number('start'),
      progress: number('progress'),
      actualProgress: number('actualProgress'),
      status: status === undefined ? undefined : statusIn(status),
      createdOn: day('createdAt'),
      lastCheckInOn: day('lastCheckInOn'),
      lastNote: textOf('lastNote'),
      score: number('score'),
    }),
  };
}

function checkInsOf({ fields, furtherCheckInsFrom }: Columns, record: readonly string[]): readonly CheckIn[] {
  const at = fields.get('checkIns');
  const first = at === undefined ? [] : [record[at] ?? ''];
  return [...first, ...record.slice(furtherCheckInsFrom, furtherCheckInsFrom + mostFurtherCheckIns)]
    .map(readCheckIn)
    .filter((checkIn) => checkIn !== undefined);
}

/** Two unknown columns of one name are told apart by a number. */
function othersOf({ others }: Columns, record: readonly string[]): Readonly<Record<string, string>> {
  if (others.length === 0) return {};
  const seen = new Map<string, number>();
  const cells = others.map(({ header, at }): readonly [string, string] => {
    const nth = (seen.get(header) ?? 0) + 1;
    seen.set(header, nth);
    return [nth === 1 ? header : `${header} (${String(nth)})`, (record[at] ?? '').trim()];
  });
  return Object.fromEntries(cells.filter(([, text]) => text !== ''));
}

function createTrouble({ fields }: Columns) {
  const unreadable = new Map<OkrField, number>();
  let withoutTitle = 0;
  let withLostBytes = 0;
  return {
    unreadable: (field: OkrField): void => void unreadable.set(field, (unreadable.get(field) ?? 0) + 1),
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
      ...[...unreadable].map(
        ([field, rows]) => ({ kind: 'unreadableCells', column: usualHeaders[field], rows }) as const,
      ),
      ...(withoutTitle === 0 ? [] : [{ kind: 'rowsWithoutTitle', rows: withoutTitle } as const]),
    ],
  };
}
