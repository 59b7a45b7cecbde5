/** Decides from all records of a file how its numbers, dates and levels are to be read. */
import { cellOf, type Columns, type OkrField } from './columns.ts';
import { createLevelEvidence } from './level-of-row.ts';
import { createNumberEvidence, type NumberSource, type ProgressScale } from './number-evidence.ts';
import type { OkrLevel } from './okr-row.ts';
import { readAlignments } from './compound-cells.ts';
import { pointRule, type NumberRule } from './read-number.ts';
import { parseDay, type DayOrder } from './read-day.ts';

export interface ReadingRules {
  readonly numbers: (field: OkrField) => NumberRule;
  readonly days: (field: OkrField) => DayVerdict;
  readonly progress: ProgressScale;
  /** By the plain form of the word. */
  readonly ownLevels: ReadonlyMap<string, OkrLevel>;
}

/** For records that nobody has looked at. */
export const usualRules: ReadingRules = {
  numbers: () => pointRule,
  days: () => undefined,
  progress: 'percent',
  ownLevels: new Map(),
};

const numberFields = ['target', 'start', 'progress', 'actualProgress', 'score'] as const;
const dayFields = ['startsOn', 'endsOn', 'createdAt', 'lastCheckInOn'] as const;

/** In memory that does not grow with the records. */
export function createReadingEvidence(columns: Columns, source: NumberSource) {
  const numbers = createNumberEvidence<OkrField>(source, 'progress');
  const days = createDayEvidence<OkrField>();
  const levels = createLevelEvidence();
  return {
    see: (record: readonly string[]): void => {
      const textOf = (field: OkrField): string | undefined => cellOf(columns, record, field);
      for (const field of numberFields) numbers.see(field, textOf(field) ?? '');
      for (const field of dayFields) days.see(field, textOf(field) ?? '');
      levels.see({
        id: textOf('id'),
        title: textOf('title'),
        objectType: textOf('objectType'),
        goalType: textOf('goalType'),
        alignedTo: readAlignments(textOf('alignedTo') ?? ''),
        measures: measuresItself(textOf),
      });
    },
    rules: (): ReadingRules => ({
      numbers: numbers.rules(),
      days: days.orders(),
      progress: numbers.progressScale(),
      ownLevels: levels.ownWords(),
    }),
  };
}

/** Objectives without a metric of their own are given "Progress" in "%" to 100. */
function measuresItself(textOf: (field: OkrField) => string | undefined): boolean {
  const metric = textOf('metricName');
  if (metric !== undefined) return !(metric.toLowerCase() === 'progress' && textOf('unit') === '%');
  return textOf('target') !== undefined;
}

/** `unknown`: both orders occur. Undefined: nothing says so. */
type DayVerdict = DayOrder | 'unknown' | undefined;

/** Decides from all cells of a file whether the day or the month comes first in its dates. */
function createDayEvidence<Field extends string>() {
  const columns = new Map<Field, ReadonlySet<DayOrder>>();
  return {
    see: (field: Field, text: string): void => {
      const written = parseDay(text);
      if (written?.kind !== 'day' || written.order === undefined) return;
      columns.set(field, new Set([...(columns.get(field) ?? []), written.order]));
    },
    /** A column's own dates decide; where they do not, those of the other columns. */
    orders: (): ((field: Field) => DayVerdict) => {
      const all = verdictOf(new Set([...columns.values()].flatMap((orders) => [...orders])));
      return function ordersOf(field) {
        return verdictOf(columns.get(field) ?? new Set()) ?? all;
      };
    },
  };
}

function verdictOf(orders: ReadonlySet<DayOrder>): DayVerdict {
  const [first, second] = orders;
  return second === undefined ? first : 'unknown';
}
