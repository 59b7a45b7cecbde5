/** Sums up a whole export row by row, in memory that does not grow with the rows. */
import { present } from '../../present.ts';
import { createAttentionList, type AttentionRules } from './attention.ts';
import { cutTitle, knownStatuses, type OkrRow } from '../reading/okr-row.ts';
import type { OkrSummary, ReadingGap, LevelFigures, StatusCount } from '../reading/okr-summary.ts';
import {
  countsForAverage,
  dueSoon,
  isKnownEnough,
  lacks,
  lacksCheckIn,
  overdue,
  type Judgement,
} from '../reading/row-rules.ts';

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
  let topObjective: string | undefined;
  let rows = 0;
  let progressSum = 0;
  const isOverdue = createTally();
  const isSilent = createTally();
  const isAveraged = createTally();
  const isDueSoon = createTally();
  const isUnowned = createTally();
  const isUndated = createTally();
  return {
    add: (row) => {
      rows += 1;
      if (row.level === 'objective') topObjective ??= cutTitle(row.title);
      if (row.unread?.includes('status') === true) counts[row.level].addUnread();
      else counts[row.level].add(row.status);
      isOverdue.add(overdue(row, today));
      if (knowsCheckIns) isSilent.add(lacksCheckIn(row, today));
      const averaged = countsForAverage(row);
      isAveraged.add(averaged);
      if (averaged === 'yes') progressSum += row.progress ?? 0;
      isDueSoon.add(dueSoon(row, today));
      isUnowned.add(lacks(row, 'owner'));
      isUndated.add(lacks(row, 'endsOn'));
      attention.consider(row);
    },
    summary: (gaps) => ({
      rows,
      objectives: counts.objective.figures(),
      keyResults: counts.keyResult.figures(),
      others: counts.other.figures(),
      attention: attention.items(),
      today,
      gaps,
      ...present({
        topObjective,
        averageProgress: averageOf(progressSum, isAveraged.known() ?? 0),
        overdue: isOverdue.known(),
        withoutCheckIn: isSilent.known(),
        dueSoon: isDueSoon.known(),
        withoutOwner: isUnowned.known(),
        withoutDueDate: isUndated.known(),
        unjudged: attention.unjudged() || undefined,
      }),
    }),
  };
}

function createTally() {
  const seen: Record<Judgement, number> = { yes: 0, no: 0, unknown: 0 };
  return {
    add: (judgement: Judgement): void => {
      seen[judgement] += 1;
    },
    /** How many are; undefined when too much is unknown to say it. */
    known: (): number | undefined => (isKnownEnough(seen.yes, seen.unknown) ? seen.yes : undefined),
  };
}

/** Undefined also when hostile cells add up beyond what a number can hold. */
function averageOf(sum: number, rows: number): number | undefined {
  const average = sum / rows;
  return Number.isFinite(average) ? average : undefined;
}

const maxOtherWords = 20;
const theRest = '…';

interface StatusCounts {
  readonly add: (status: string | undefined) => void;
  /** Counts a row whose status could not be read. */
  readonly addUnread: () => void;
  readonly figures: () => LevelFigures;
}

/** Counts statuses in bounded memory, however many words a file invents. */
function createStatusCounts(): StatusCounts {
  const known = new Map<string, number>(knownStatuses.map((status) => [status, 0]));
  const others = new Map<string, number>();
  let count = 0;
  let unread = 0;
  return {
    add: (status) => {
      count += 1;
      const word = cutTitle(status ?? '');
      if (known.has(word)) increase(known, word);
      else increase(others, others.has(word) || others.size < maxOtherWords ? word : theRest);
    },
    addUnread: () => {
      count += 1;
      unread += 1;
    },
    figures: () => ({
      count,
      ...(unread === 0 ? {} : { unread }),
      byStatus: [...listOf(known), ...listOf(others).toSorted((a, b) => b.count - a.count)],
    }),
  };
}

const increase = (counts: Map<string, number>, word: string): void =>
  void counts.set(word, (counts.get(word) ?? 0) + 1);

const listOf = (counts: ReadonlyMap<string, number>): readonly StatusCount[] =>
  [...counts].filter(([, count]) => count > 0).map(([status, count]) => ({ status, count }));
