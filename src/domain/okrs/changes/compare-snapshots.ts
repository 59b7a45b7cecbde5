/** Finds what changed between two exports of one view. */
import { present } from '../../present.ts';
import type { ChangedOkr, OkrChange, OkrChanges, OkrSnapshot, SnapshotRow } from './okr-changes.ts';
import type { OkrLevel } from '../reading/okr-row.ts';

type Kind = OkrChange['kind'];

/** Heaviest first: so they are listed, and so they are kept when there are too many. */
const kinds = [
  'newlyAtRisk',
  'progressDown',
  'gone',
  'recovered',
  'progressUp',
  'added',
  'statusChanged',
  'ownerChanged',
] as const satisfies readonly Kind[];
const maxItems = 1_000;
const levelOrder: Readonly<Record<OkrLevel, number>> = { objective: 0, keyResult: 1, other: 2 };

/** @param since when the earlier export was made */
export function compareSnapshots(before: OkrSnapshot, after: OkrSnapshot, since: Date): OkrChanges {
  const found: Record<Kind, ChangedOkr[]> = {
    newlyAtRisk: [],
    progressDown: [],
    gone: [],
    recovered: [],
    progressUp: [],
    added: [],
    statusChanged: [],
    ownerChanged: [],
  };
  const { pairs, added, gone } = pairRows(before.rows, after.rows);
  for (const [earlier, row] of pairs)
    for (const change of changesOf(earlier, row)) found[change.kind].push(change);
  // What is missing from a capped snapshot may stand beyond its last row.
  if (!before.capped) for (const row of added) found.added.push({ kind: 'added', ...naming(row) });
  if (!after.capped) for (const row of gone) found.gone.push({ kind: 'gone', ...naming(row) });
  const items = kinds.flatMap((kind) => found[kind].toSorted(heaviestFirst)).slice(0, maxItems);
  const uncompared = pairs.filter((pair) => pair.some(({ unread }) => unread !== undefined)).length;
  return { since, counts: countsOf(found), items, ...(uncompared === 0 ? {} : { uncompared }) };
}

function* changesOf(before: SnapshotRow, after: SnapshotRow): Generator<ChangedOkr> {
  const named = naming(after);
  const canCompare = (what: 'owner' | 'status'): boolean =>
    ![before, after].some(({ unread }) => unread?.includes(what) === true);
  if (before.status !== after.status && canCompare('status')) {
    yield {
      kind: statusMove(before.status, after.status),
      ...present({ from: before.status, to: after.status }),
      ...named,
    };
  }
  const [from, to] = [rounded(before.progress), rounded(after.progress)];
  if (from !== undefined && to !== undefined && from !== to) {
    yield { kind: from < to ? 'progressUp' : 'progressDown', from, to, ...named };
  }
  if (before.owner !== after.owner && canCompare('owner')) {
    yield { kind: 'ownerChanged', ...present({ from: before.owner, to: after.owner }), ...named };
  }
}

function statusMove(from?: string, to?: string): 'newlyAtRisk' | 'recovered' | 'statusChanged' {
  if (to === 'At Risk') return 'newlyAtRisk';
  const wasInTrouble = from === 'At Risk' || from === 'Behind';
  return wasInTrouble && (to === 'On Track' || to === 'Closed') ? 'recovered' : 'statusChanged';
}

/** Two decimals: what nobody sees is no change. */
const rounded = (progress?: number): number | undefined =>
  progress === undefined ? undefined : Math.round(progress * 100) / 100;

const naming = ({ title, level, owner }: SnapshotRow) => ({ title, level, ...present({ owner }) });

/** Within one kind: the largest move of progress, then objectives before key results, then the order of the file. */
const heaviestFirst = (a: ChangedOkr, b: ChangedOkr): number =>
  moveOf(b) - moveOf(a) || levelOrder[a.level] - levelOrder[b.level];

const moveOf = (change: ChangedOkr): number =>
  change.kind === 'progressUp' || change.kind === 'progressDown' ? Math.abs(change.to - change.from) : 0;

const countsOf = (found: Readonly<Record<Kind, readonly ChangedOkr[]>>): OkrChanges['counts'] => ({
  newlyAtRisk: found.newlyAtRisk.length,
  progressDown: found.progressDown.length,
  gone: found.gone.length,
  recovered: found.recovered.length,
  progressUp: found.progressUp.length,
  added: found.added.length,
  statusChanged: found.statusChanged.length,
  ownerChanged: found.ownerChanged.length,
});

interface PairedRows {
  /** The earlier one first; in the order of the later file. */
  readonly pairs: readonly (readonly [before: SnapshotRow, after: SnapshotRow])[];
  /** In the later export only. */
  readonly added: readonly SnapshotRow[];
  /** In the earlier export only. */
  readonly gone: readonly SnapshotRow[];
}

/** Two Ids that differ are two OKRs; only where one side has no Id, title, owner, period and type decide. */
function pairRows(before: readonly SnapshotRow[], after: readonly SnapshotRow[]): PairedRows {
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
