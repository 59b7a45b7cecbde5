/** Orders rows as a tree by their alignments. */
import type { OkrRow } from '../reading/okr-row.ts';

/** What a row's place depends on. */
export type TreeEntry = Pick<OkrRow, 'id' | 'title' | 'level'> & {
  readonly alignedTo: readonly { readonly id?: string; readonly title: string }[];
};

export interface TreePlace {
  /** Of the entry. */
  readonly index: number;
  /** 0 for a root. */
  readonly depth: number;
}

/**
 * Each entry once, every parent right before its children, siblings in the order of the file. An entry stands under the
 * first of its alignments that is among the entries: by Id, and where one side has none by title (an objective before
 * others of that title). One whose parents are elsewhere is a root; of a circle, the entry that comes first is.
 */
export function orderAsTree(entries: readonly TreeEntry[]): readonly TreePlace[] {
  const parents = breakCircles(parentsOf(entries));
  const children = new Map<number | undefined, number[]>();
  parents.forEach((parent, index) => {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [index]);
    else siblings.push(index);
  });
  const places: TreePlace[] = [];
  // A stack of our own: a chain may be as long as the file.
  const waiting = placesOf(children.get(undefined), 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    places.push(next);
    // One by one: a parent of fifty thousand would be too many arguments for a single push.
    for (const place of placesOf(children.get(next.index), next.depth + 1)) waiting.push(place);
  }
  return places;
}

/** The last first, as a stack wants them. */
const placesOf = (indexes: readonly number[] | undefined, depth: number): TreePlace[] =>
  (indexes ?? []).map((index) => ({ index, depth })).reverse();

type Parents = readonly (number | undefined)[];

function parentsOf(entries: readonly TreeEntry[]): Parents {
  const byId = new Map<string, number>();
  const byTitle = new Map<string, number>();
  const withoutId = new Map<string, number>();
  const addTitle = (titles: Map<string, number>, { title, level }: TreeEntry, index: number): void => {
    const named = titles.get(title);
    const outranks = named !== undefined && level === 'objective' && entries[named]?.level !== 'objective';
    if (named === undefined || outranks) titles.set(title, index);
  };
  entries.forEach((entry, index) => {
    const { id } = entry;
    if (id !== undefined && !byId.has(id)) byId.set(id, index);
    addTitle(byTitle, entry, index);
    if (id === undefined) addTitle(withoutId, entry, index);
  });
  // A row of another Id is another OKR, whatever its title. Some files name a parent by its bare Id.
  const find = ({ id, title }: TreeEntry['alignedTo'][number]): number | undefined =>
    id === undefined ? (byTitle.get(title) ?? byId.get(title)) : (byId.get(id) ?? withoutId.get(title));
  return entries.map(({ alignedTo }, index) => {
    for (const alignment of alignedTo) {
      const parent = find(alignment);
      if (parent !== undefined && parent !== index) return parent;
    }
    return undefined;
  });
}

/** Walks up from each entry; an entry that is met again on its own way up loses its parent. */
function breakCircles(parents: Parents): Parents {
  const kept = [...parents];
  const walkOf = new Int32Array(kept.length).fill(-1);
  kept.forEach((_, start) => {
    for (let at: number | undefined = start; at !== undefined && walkOf[at] === -1; at = kept[at]) {
      walkOf[at] = start;
      const parent: number | undefined = kept[at];
      if (parent === undefined || walkOf[parent] !== start) continue;
      kept[firstOfCircle(kept, parent)] = undefined;
      break;
    }
  });
  return kept;
}

function firstOfCircle(parents: Parents, member: number): number {
  let first = member;
  for (let at = parents[member]; at !== undefined && at !== member; at = parents[at])
    first = Math.min(first, at);
  return first;
}
