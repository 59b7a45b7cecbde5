/** Counts how the tasks of each group stand: of each person, or of each bucket. */
import type { Day, OkrRow } from '../reading/okr-row.ts';
import { cutTitle } from '../reading/okr-row.ts';
import { dueSoon, isUnfinished, overdue } from '../reading/row-rules.ts';

export interface GroupFigures {
  /** `''` for what is in no group. */
  readonly name: string;
  readonly tasks: number;
  readonly unfinished: number;
  readonly overdue: number;
  readonly dueSoon: number;
  /** Percent, over those that say it. */
  readonly averageProgress?: number;
}

export interface Groups {
  readonly add: (row: OkrRow) => void;
  /** The one with most overdue first, then with most unfinished; what is in no group last. */
  readonly figures: () => readonly GroupFigures[];
}

/** Names of owners stand together in one cell. */
export const peopleOf = ({ owner = '' }: OkrRow): readonly string[] => owner.split(';');
export const bucketOf = ({ bucket = '' }: OkrRow): readonly string[] => [bucket];

/** In memory: what comes beyond is left out. */
const maxGroups = 5_000;

/** A task that several people have counts for each of them; objectives are worked on in what is below them. */
export function createGroups(namesOf: (row: OkrRow) => readonly string[], today: Day): Groups {
  const groups = new Map<string, Mutable>();
  return {
    add: (row) => {
      if (row.level === 'objective') return;
      for (const name of new Set(namesOf(row).map((one) => cutTitle(one)))) {
        if (groups.size >= maxGroups && !groups.has(name)) continue;
        const group = groups.get(name) ?? emptyGroup();
        groups.set(name, group);
        group.tasks += 1;
        if (isUnfinished(row)) group.unfinished += 1;
        if (overdue(row, today) === 'yes') group.overdue += 1;
        if (dueSoon(row, today) === 'yes') group.dueSoon += 1;
        if (row.progress === undefined) continue;
        group.sum += row.progress;
        group.saying += 1;
      }
    },
    figures: () => [...groups].map(([name, group]) => figuresOf(name, group)).toSorted(heaviestFirst),
  };
}

type Mutable = ReturnType<typeof emptyGroup>;
const emptyGroup = () => ({ tasks: 0, unfinished: 0, overdue: 0, dueSoon: 0, sum: 0, saying: 0 });

const figuresOf = (name: string, { sum, saying, ...counts }: Mutable): GroupFigures => ({
  name,
  ...counts,
  ...(saying > 0 && { averageProgress: sum / saying }),
});

const heaviestFirst = (a: GroupFigures, b: GroupFigures): number =>
  Number(a.name === '') - Number(b.name === '') ||
  b.overdue - a.overdue ||
  b.unfinished - a.unfinished ||
  a.name.localeCompare(b.name, 'en');
