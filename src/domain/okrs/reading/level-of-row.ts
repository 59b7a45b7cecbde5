/** Decides whether a row is an objective or a key result, in the organisation's own words. */
import type { OkrLevel } from './okr-row.ts';

/**
 * What Viva Goals lets organisations call its levels (learn.microsoft.com/viva/goals/customize-terminology), and what
 * other tools and older exports say. "Outcome" may be either and is no entry.
 */
const words: Readonly<Record<OkrLevel, readonly string[]>> = {
  objective: ['objective', 'goal', 'theme', 'big rock', 'okr', 'big bet', 'priority'],
  keyResult: [
    'key result',
    'keyresult',
    'metric',
    'result',
    'kr',
    'kpi',
    'measure',
    'key performance indicator',
  ],
  other: ['initiative', 'project', 'to do', 'todo', 'deliverable', 'milestone', 'action', 'task', 'activity'],
};
const levels: ReadonlyMap<string, OkrLevel> = new Map(
  (Object.keys(words) as OkrLevel[]).flatMap((level) =>
    words[level].flatMap((word) => [word, plural(word)].map((form) => [form, level] as const)),
  ),
);

export interface LevelClues {
  readonly objectType?: string;
  readonly goalType?: string;
  readonly isAligned: boolean;
  /** Has a metric or a target of its own. */
  readonly measures: boolean;
}

/**
 * The object type decides, else the goal type. An "Outcome" is a key result where it measures something for the OKR it is
 * aligned to, else an objective: organisations use the word for either.
 * @param ownWords what the file's alignments say of words that are not known; others are `other`
 */
export const levelOf = (
  { objectType, goalType, isAligned, measures }: LevelClues,
  ownWords: ReadonlyMap<string, OkrLevel> = new Map(),
): OkrLevel => {
  for (const word of [plainLevel(objectType), plainLevel(goalType)]) {
    if (word === 'outcome' || word === 'outcomes') return isAligned && measures ? 'keyResult' : 'objective';
    const level = levels.get(word);
    if (level !== undefined) return level;
  }
  return ownWords.get(plainLevel(objectType)) ?? 'other';
};

export const isKnownLevel = (word: string): boolean => levels.has(word) || /^outcomes?$/.test(word);

export const plainLevel = (word = ''): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

function plural(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
