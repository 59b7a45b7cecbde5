/** Decides whether a row is an objective or a key result, in the organisation's own words. */
import { cutTitle, type OkrLevel, type Alignment } from './okr-row.ts';

/**
 * What tools for OKRs call the levels, or let organisations call them, and what older exports say. "Outcome" may be
 * either and is no entry.
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

const isKnownLevel = (word: string): boolean => levels.has(word) || /^outcomes?$/.test(word);

const plainLevel = (word = ''): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

function plural(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

interface LevelRow {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly objectType: string | undefined;
  readonly goalType: string | undefined;
  readonly alignedTo: readonly Alignment[];
  /** Has a metric or target other than the usual progress in percent. */
  readonly measures: boolean;
}

/** In memory, whatever the file: what is beyond these decides nothing. */
const maxParents = 100_000;
const maxWords = 50;
const maxRowsOfWord = 1_000;

type Sample = Pick<LevelRow, 'id' | 'title' | 'measures'> & { readonly isAligned: boolean };

/** Decides by the alignments of a whole file what its own words for levels mean. */
export function createLevelEvidence() {
  const parents = new Set<string>();
  const samples = new Map<string, Sample[]>();
  return {
    see: ({ id, title, objectType, goalType, alignedTo, measures }: LevelRow): void => {
      for (const parent of alignedTo) {
        for (const name of [parent.id ?? '', parent.title])
          if (name !== '' && parents.size < maxParents) parents.add(cutTitle(name));
      }
      const word = plainLevel(objectType).slice(0, 100);
      if (word === '' || isKnownLevel(word) || isKnownLevel(plainLevel(goalType))) return;
      const rows = samples.get(word) ?? [];
      if (rows.length === maxRowsOfWord || (rows.length === 0 && samples.size === maxWords)) return;
      samples.set(word, rows);
      rows.push({ id, title: title && cutTitle(title), measures, isAligned: alignedTo.length > 0 });
    },
    ownWords: (): ReadonlyMap<string, OkrLevel> =>
      new Map([...samples].map(([word, rows]) => [word, levelByAlignment(rows, parents)] as const)),
  };
}

/**
 * What nothing stands above and others align to is an objective; what measures something for another is a key result;
 * what others align to is an objective all the same. All rows of one word are of one level.
 */
function levelByAlignment(rows: readonly Sample[], parents: ReadonlySet<string>): OkrLevel {
  const isParent = ({ id, title }: Sample): boolean => parents.has(id ?? '') || parents.has(title ?? '');
  if (rows.some((row) => !row.isAligned && isParent(row))) return 'objective';
  if (rows.some(({ isAligned, measures }) => isAligned && measures)) return 'keyResult';
  return rows.some(isParent) ? 'objective' : 'other';
}
