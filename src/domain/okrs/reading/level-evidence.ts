/** Decides by the alignments of a whole file what its own words for levels mean. */
import { cutTitle } from './cut-title.ts';
import { isKnownLevel, plainLevel } from './level-of-row.ts';
import type { Alignment, OkrLevel } from './okr-row.ts';

export interface LevelRow {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly objectType: string | undefined;
  readonly goalType: string | undefined;
  readonly alignedTo: readonly Alignment[];
  /** Has a metric or target other than the usual progress in percent. */
  readonly measures: boolean;
}

/** In memory, whatever the file: what is beyond these decides nothing. */
const mostParents = 100_000;
const mostWords = 50;
const mostRowsOfWord = 1_000;

type Sample = Pick<LevelRow, 'id' | 'title' | 'measures'> & { readonly isAligned: boolean };

export function createLevelEvidence() {
  const parents = new Set<string>();
  const samples = new Map<string, Sample[]>();
  return {
    see: ({ id, title, objectType, goalType, alignedTo, measures }: LevelRow): void => {
      for (const parent of alignedTo) {
        for (const name of [parent.id ?? '', parent.title])
          if (name !== '' && parents.size < mostParents) parents.add(cutTitle(name));
      }
      const word = plainLevel(objectType).slice(0, 100);
      if (word === '' || isKnownLevel(word) || isKnownLevel(plainLevel(goalType))) return;
      const rows = samples.get(word) ?? [];
      if (rows.length === mostRowsOfWord || (rows.length === 0 && samples.size === mostWords)) return;
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
