/** Finds the rows of two exports that are the same OKR. */
import type { SnapshotRow } from './okr-changes.ts';

export interface PairedRows {
  /** The earlier one first; in the order of the later file. */
  readonly pairs: readonly (readonly [before: SnapshotRow, after: SnapshotRow])[];
  /** In the later export only. */
  readonly added: readonly SnapshotRow[];
  /** In the earlier export only. */
  readonly gone: readonly SnapshotRow[];
}

/** Two Ids that differ are two OKRs; only where one side has no Id, title, owner, period and type decide. */
export function pairRows(before: readonly SnapshotRow[], after: readonly SnapshotRow[]): PairedRows {
  const byKey = takeFrom(before, ({ key }) => key);
  const same = after.map(({ key }) => byKey.take(key));
  const unpaired = byKey.rest();
  const withId = takeFrom(unpaired, ({ keyWithoutId }) => keyWithoutId);
  const withoutId = takeFrom(unpaired, ({ key, keyWithoutId }) =>
    keyWithoutId === undefined ? key : undefined,
  );
  const found = after.map(({ key, keyWithoutId }, nth) => {
    const pair = same[nth];
    if (pair !== undefined) return pair;
    return keyWithoutId === undefined ? withId.take(key) : withoutId.take(keyWithoutId);
  });
  const taken = new Set(found);
  return {
    pairs: after.flatMap((row, nth) => {
      const earlier = found[nth];
      return earlier === undefined ? [] : [[earlier, row] as const];
    }),
    added: after.filter((_, nth) => found[nth] === undefined),
    gone: unpaired.filter((row) => !taken.has(row)),
  };
}

/** Rows without an Id may share a key: they are paired in the order of the file. */
function takeFrom(rows: readonly SnapshotRow[], keyIn: (row: SnapshotRow) => string | undefined) {
  const byKey = new Map<string, SnapshotRow[]>();
  // The last row of the file first, so that taking the next one costs nothing.
  for (const row of rows.toReversed()) {
    const key = keyIn(row);
    if (key === undefined) continue;
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [row]);
    else others.push(row);
  }
  return {
    take: (key: string): SnapshotRow | undefined => byKey.get(key)?.pop(),
    /** Those that nobody took, in the order of the file. */
    rest: (): readonly SnapshotRow[] => {
      const left = new Set([...byKey.values()].flat());
      return rows.filter((row) => left.has(row));
    },
  };
}
