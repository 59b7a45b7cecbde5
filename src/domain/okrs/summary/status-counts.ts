/** Answers for counting statuses in bounded memory, however many words a file invents. */
import { cutTitle } from '../reading/cut-title.ts';
import { knownStatuses } from '../reading/okr-row.ts';
import type { LevelFigures, StatusCount } from '../reading/okr-summary.ts';

const mostOtherWords = 20;
const theRest = '…';

export interface StatusCounts {
  readonly add: (status: string | undefined) => void;
  /** Counts a row whose status could not be read. */
  readonly addUnread: () => void;
  readonly figures: () => LevelFigures;
}

export function createStatusCounts(): StatusCounts {
  const known = new Map<string, number>(knownStatuses.map((status) => [status, 0]));
  const others = new Map<string, number>();
  let count = 0;
  let unread = 0;
  return {
    add: (status) => {
      count += 1;
      const word = cutTitle(status ?? '');
      if (known.has(word)) increase(known, word);
      else increase(others, others.has(word) || others.size < mostOtherWords ? word : theRest);
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
