/** Leaves in the queue what is of groups that are not wanted: it is found again by whoever wants it. */
import type { WorkSource } from './worker.ts';

/** @param wanted all unless given */
export function onlyOf<W>(wanted: ReadonlySet<string> | undefined, source: WorkSource<W>): WorkSource<W> {
  if (wanted === undefined) return source;
  /** Seen among the work: the queue can be asked for all but some, not for some. */
  const unwanted = new Set<string>();
  const isWanted = (work: W): boolean => {
    const group = source.groupOf(work);
    return group === undefined || wanted.has(group);
  };
  const fetch: WorkSource<W>['fetch'] = async (max, exceptGroups) => {
    for (;;) {
      const works = await source.fetch(max, [...exceptGroups, ...unwanted]);
      const others = works.filter((work) => !isWanted(work));
      if (others.length === 0) return works;
      for (const work of others) unwanted.add(source.groupOf(work) ?? '');
      await source.fail(others);
      const ours = works.filter(isWanted);
      if (ours.length > 0) return ours;
    }
  };
  return { ...source, fetch };
}
