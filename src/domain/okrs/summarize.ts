/** Answers for the figures of a whole export, row by row, in memory that does not grow with the rows. */
import { present } from '../present.ts';
import { createAttentionList, type AttentionRules } from './attention.ts';
import type { OkrRow } from './okr-row.ts';
import type { OkrSummary, ReadingGap } from './okr-summary.ts';
import { isOpen, isOverdue, lacksCheckIn } from './row-rules.ts';
import { createStatusCounts } from './status-counts.ts';

export interface Summarizer {
  readonly add: (row: OkrRow) => void;
  /** @param gaps what could not be read, as the row reader tells it */
  readonly summary: (gaps: readonly ReadingGap[]) => OkrSummary;
}

export function createSummarizer(rules: AttentionRules): Summarizer {
  const { today, knowsCheckIns } = rules;
  const counts = {
    objective: createStatusCounts(),
    keyResult: createStatusCounts(),
    other: createStatusCounts(),
  };
  const attention = createAttentionList(rules);
  const seen = { rows: 0, overdue: 0, withoutCheckIn: 0, progressSum: 0, progressRows: 0 };
  return {
    add: (row) => {
      seen.rows += 1;
      counts[row.level].add(row.status);
      if (isOverdue(row, today)) seen.overdue += 1;
      if (knowsCheckIns && lacksCheckIn(row, today)) seen.withoutCheckIn += 1;
      if (isOpen(row) && row.progress !== undefined) {
        seen.progressSum += row.progress;
        seen.progressRows += 1;
      }
      attention.consider(row);
    },
    summary: (gaps) => ({
      rows: seen.rows,
      objectives: counts.objective.figures(),
      keyResults: counts.keyResult.figures(),
      others: counts.other.figures(),
      overdue: seen.overdue,
      withoutCheckIn: seen.withoutCheckIn,
      attention: attention.items(),
      today,
      gaps,
      ...present({ averageProgress: averageOf(seen.progressSum, seen.progressRows) }),
    }),
  };
}

/** Undefined also when hostile cells add up beyond what a number can hold. */
function averageOf(sum: number, rows: number): number | undefined {
  const average = sum / rows;
  return Number.isFinite(average) ? average : undefined;
}
