/** Turns the records of an export into rows, and tells what could not be read on the way. */
import { present } from '../../present.ts';
import { cellOf, type Columns } from './columns.ts';
import { levelOf } from './level-of-row.ts';
import {
  isErrorValue,
  noValueIn,
  createReadingTrouble,
  createRecordCells,
  type RecordCells,
  type RecordReading,
} from './record-cells.ts';
import type { CheckIn, OkrRow } from './okr-row.ts';
import type { ReadingGap } from './okr-summary.ts';
import { readAlignments, readCheckIn } from './compound-cells.ts';
import { usualRules, type ReadingRules } from './reading-rules.ts';
import { statusIn } from './row-rules.ts';

const maxFurtherCheckIns = 1_000;
/** Of a row that has something to say, but no title that can be read. */
const unreadTitle = '–';

export interface RowReader {
  /** Undefined for a record without a title; never throws, whatever the record holds. */
  readonly read: (record: readonly string[]) => OkrRow | undefined;
  /** Of the records read so far. */
  readonly gaps: () => readonly ReadingGap[];
}

/** What decoders put in the place of bytes that are no text. */
const replacement = '\uFFFD';

export function createRowReader(columns: Columns, rules: ReadingRules = usualRules): RowReader {
  const trouble = createReadingTrouble(columns);
  return {
    read: (record) => {
      if (record.some((cell) => cell.includes(replacement))) trouble.lostBytes();
      const saysSomething = record.some((cell) => cell.trim() !== '' && !isErrorValue(cell.trim()));
      const title = cellOf(columns, record, 'title');
      if (title !== undefined && saysSomething) return rowOf({ columns, rules, record, trouble });
      if (title !== undefined || saysSomething) trouble.noTitle();
      return undefined;
    },
    gaps: trouble.gaps,
  };
}

function rowOf(reading: RecordReading): OkrRow {
  const cells = createRecordCells(reading);
  const { text, number, day } = cells;
  const { columns, record, rules } = reading;
  const alignedTo = readAlignments(text('alignedTo') ?? '');
  const target = number('target');
  const metricName = text('metricName');
  const status = text('status');
  const types = present({ objectType: text('objectType'), goalType: text('goalType') });
  const clues = { ...types, isAligned: alignedTo.length > 0, measures: (metricName ?? target) !== undefined };
  const row = {
    title: text('title') ?? unreadTitle,
    level: levelOf(clues, rules.ownLevels),
    teams: teamsIn(text('team')),
    alignedTo,
    checkIns: checkInsOf(columns, record, cells),
    others: othersOf(columns, record),
    ...types,
    ...present({
      id: text('id'),
      creator: text('creator'),
      owner: text('owner'),
      period: text('period'),
      startsOn: day('startsOn'),
      endsOn: day('endsOn'),
      description: text('description'),
      metricName,
      unit: text('unit'),
      target,
      start: number('start'),
      progress: cells.progress(),
      actualProgress: number('actualProgress'),
      status: status === undefined ? undefined : statusIn(status),
      createdOn: day('createdAt'),
      lastCheckInOn: day('lastCheckInOn'),
      lastNote: text('lastNote'),
      score: number('score'),
      bucket: text('bucket'),
    }),
  };
  return { ...row, ...present({ unread: cells.unread() }) };
}

const teamsIn = (text = ''): readonly string[] =>
  text
    .split(';')
    .map((team) => team.trim())
    .filter((team) => team !== '');

function checkInsOf(
  { furtherCheckInsFrom }: Columns,
  record: readonly string[],
  { text, dayIn, fail }: RecordCells,
): readonly CheckIn[] {
  const further = record.slice(furtherCheckInsFrom, furtherCheckInsFrom + maxFurtherCheckIns);
  return [text('checkIns') ?? '', ...further]
    .map((cell) => {
      const why = noValueIn(cell.trim(), 'checkIns');
      if (why === undefined) return readCheckIn(cell, (day) => dayIn('checkIns', day));
      fail('checkIns', why);
      return undefined;
    })
    .filter((checkIn) => checkIn !== undefined);
}

/** Two unknown columns of one name are told apart by a number. No further than the record: a header may name thousands. */
function othersOf({ others }: Columns, record: readonly string[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const { header, at } of others) {
    if (at >= record.length) break;
    const nth = (seen.get(header) ?? 0) + 1;
    seen.set(header, nth);
    const text = (record[at] ?? '').trim();
    if (text !== '') found.set(nth === 1 ? header : `${header} (${String(nth)})`, text);
  }
  return Object.fromEntries(found);
}
