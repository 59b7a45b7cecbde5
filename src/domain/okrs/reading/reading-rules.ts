/** Looks at all records of a file before any is read, and decides how its numbers, dates and levels are to be understood. */
import { cellOf, type Columns, type OkrField } from './columns.ts';
import { createDayEvidence, type DayVerdict } from './day-evidence.ts';
import { createLevelEvidence } from './level-evidence.ts';
import { createNumberEvidence, type NumberSource, type ProgressScale } from './number-evidence.ts';
import type { OkrLevel } from './okr-row.ts';
import { readAlignments } from './read-alignments.ts';
import { pointRule, type NumberRule } from './read-number.ts';

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
