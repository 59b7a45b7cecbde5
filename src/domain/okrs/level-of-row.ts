/** Answers for whether a row is an objective or a key result, in the tenant's own words. */
import type { OkrLevel } from './okr-row.ts';

const levels: ReadonlyMap<string, OkrLevel> = new Map([
  ...['objective', 'objectives', 'goal', 'okr', 'big bet', 'priority'].map(
    (word) => [word, 'objective'] as const,
  ),
  ...['key result', 'keyresult', 'key results', 'kr', 'metric', 'kpi', 'measure'].map(
    (word) => [word, 'keyResult'] as const,
  ),
]);

export interface LevelClues {
  readonly objectType?: string;
  readonly goalType?: string;
  readonly isAligned: boolean;
  /** Has a metric or a target of its own. */
  readonly measures: boolean;
}

/**
 * The object type decides, else the goal type; a word that neither knows is `other`. An "Outcome" is a key result where
 * it measures something for the OKR it is aligned to, else an objective: tenants use the word for either.
 */
export const levelOf = ({ objectType, goalType, isAligned, measures }: LevelClues): OkrLevel => {
  for (const word of [plain(objectType), plain(goalType)]) {
    if (word === 'outcome') return isAligned && measures ? 'keyResult' : 'objective';
    const level = levels.get(word);
    if (level !== undefined) return level;
  }
  return 'other';
};

const plain = (word = ''): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
