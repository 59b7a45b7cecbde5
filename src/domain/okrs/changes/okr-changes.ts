/** Finds what changed between two exports of one target. */
import { present } from '../../present.ts';
import type { Day, OkrLevel } from '../reading/okr-row.ts';
import { pairRows, type OkrSnapshot, type SnapshotRow } from './snapshot.ts';

export type OkrChange =
  /** `statusChanged`: any move of status that is neither newly at risk nor recovered. */
  | {
      readonly kind: 'newlyAtRisk' | 'recovered' | 'statusChanged';
      readonly from?: string;
      readonly to?: string;
    }
  /** Percent. */
  | { readonly kind: 'progressUp' | 'progressDown'; readonly from: number; readonly to: number }
  | { readonly kind: 'added' | 'gone' }
  | { readonly kind: 'ownerChanged'; readonly from?: string; readonly to?: string }
  | TaskChange;

/** Of what is neither an objective nor a key result. */
type TaskChange =
  | { readonly kind: 'done'; readonly from?: number; readonly to?: number }
  | { readonly kind: 'newlyOverdue'; readonly endedOn?: Day }
  | { readonly kind: 'dueMoved'; readonly from?: Day; readonly to?: Day }
  | { readonly kind: 'bucketMoved'; readonly from?: string; readonly to?: string };

/** One row may have changed in several ways: one item each. */
export type ChangedOkr = OkrChange & {
  readonly title: string;
  readonly level: OkrLevel;
  readonly owner?: string;
};

export interface OkrChanges {
  /** When the earlier export was made. */
  readonly since: Date;
  /** How many there are of each kind; those of tasks are absent when none. */
  readonly counts: Readonly<
    Record<Exclude<ChangeKind, TaskChange['kind']>, number> & Partial<Record<TaskChange['kind'], number>>
  >;
  /** At most 1,000, kind by kind in the order of `changeKinds`. */
  readonly items: readonly ChangedOkr[];
  /** OKRs of which something could not be compared, because one of the files does not say it readably. Absent when there are none. */
  readonly uncompared?: number;
}

export const changeTotal = ({ counts }: OkrChanges): number =>
  Object.values(counts).reduce((total, amount) => total + amount, 0);

export const isUnchanged = (changes: OkrChanges): boolean =>
  changeTotal(changes) === 0 && changes.uncompared === undefined;

export type ChangeKind = OkrChange['kind'];

/** Heaviest first: so they are listed, and so they are kept when there are too many. */
export const changeKinds = [
  'newlyAtRisk',
  'newlyOverdue',
  'progressDown',
  'gone',
  'recovered',
  'done',
  'progressUp',
  'added',
  'statusChanged',
  'dueMoved',
  'bucketMoved',
  'ownerChanged',
] as const satisfies readonly ChangeKind[];
const maxItems = 1_000;
const levelOrder: Readonly<Record<OkrLevel, number>> = { objective: 0, keyResult: 1, other: 2 };

/** @param since when the earlier export was made */
export function compareSnapshots(before: OkrSnapshot, after: OkrSnapshot, since: Date): OkrChanges {
  const found: Record<ChangeKind, ChangedOkr[]> = {
    newlyAtRisk: [],
    progressDown: [],
    gone: [],
    recovered: [],
    progressUp: [],
    added: [],
    statusChanged: [],
    ownerChanged: [],
    done: [],
    newlyOverdue: [],
    dueMoved: [],
    bucketMoved: [],
  };
  const { pairs, added, gone } = pairRows(before.rows, after.rows);
  for (const [earlier, row] of pairs)
    for (const change of changesOf(earlier, row)) found[change.kind].push(change);
  // What is missing from a capped snapshot may stand beyond its last row.
  if (!before.capped) for (const row of added) found.added.push({ kind: 'added', ...naming(row) });
  if (!after.capped) for (const row of gone) found.gone.push({ kind: 'gone', ...naming(row) });
  const items = changeKinds.flatMap((kind) => found[kind].toSorted(heaviestFirst)).slice(0, maxItems);
  const uncompared = pairs.filter((pair) => pair.some(({ unread }) => unread !== undefined)).length;
  return { since, counts: countsOf(found), items, ...(uncompared === 0 ? {} : { uncompared }) };
}

function* changesOf(before: SnapshotRow, after: SnapshotRow): Generator<ChangedOkr> {
  const named = naming(after);
  const canCompare = (what: 'owner' | 'status'): boolean =>
    ![before, after].some(({ unread }) => unread?.includes(what) === true);
  const [from, to] = [rounded(before.progress), rounded(after.progress)];
  const isDone = after.status === finished && before.status !== finished && canCompare('status');
  if (isDone) yield { kind: 'done', ...present({ from, to }), ...named };
  else if (before.status !== after.status && canCompare('status') && !followsFrom(before, after)) {
    yield {
      kind: statusMove(before.status, after.status),
      ...present({ from: before.status, to: after.status }),
      ...named,
    };
  }
  if (!isDone && from !== undefined && to !== undefined && from !== to) {
    yield { kind: from < to ? 'progressUp' : 'progressDown', from, to, ...named };
  }
  for (const change of replanned(before, after)) yield { ...change, ...named };
  if (before.owner !== after.owner && canCompare('owner')) {
    yield { kind: 'ownerChanged', ...present({ from: before.owner, to: after.owner }), ...named };
  }
}

/** Of a task whose progress is 100. */
const finished = 'Completed';
const byProgress: ReadonlySet<string | undefined> = new Set(['Not Started', 'In Progress', finished]);

/** The status of a task says no more than its progress does, and that has changed as well. */
const followsFrom = (before: SnapshotRow, after: SnapshotRow): boolean =>
  before.progress !== after.progress && byProgress.has(before.status) && byProgress.has(after.status);

/** Snapshots of earlier releases know neither of the three: all of them being absent there is no change. */
function* replanned(before: SnapshotRow, after: SnapshotRow): Generator<TaskChange> {
  if (!isPlanned(before) || !isPlanned(after)) return;
  const { endsOn } = after;
  if (after.overdue === true && before.overdue !== true)
    yield { kind: 'newlyOverdue', ...present({ endedOn: endsOn }) };
  // When and where no longer matters of what is done.
  if (after.status === finished) return;
  if (before.endsOn !== endsOn) yield { kind: 'dueMoved', ...present({ from: before.endsOn, to: endsOn }) };
  if (before.bucket !== after.bucket)
    yield { kind: 'bucketMoved', ...present({ from: before.bucket, to: after.bucket }) };
}

const isPlanned = ({ level, bucket, endsOn }: SnapshotRow): boolean =>
  level === 'other' && (bucket !== undefined || endsOn !== undefined);

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

const countsOf = (found: Readonly<Record<ChangeKind, readonly ChangedOkr[]>>): OkrChanges['counts'] => ({
  newlyAtRisk: found.newlyAtRisk.length,
  progressDown: found.progressDown.length,
  gone: found.gone.length,
  recovered: found.recovered.length,
  progressUp: found.progressUp.length,
  added: found.added.length,
  statusChanged: found.statusChanged.length,
  ownerChanged: found.ownerChanged.length,
  ...present({
    done: found.done.length || undefined,
    newlyOverdue: found.newlyOverdue.length || undefined,
    dueMoved: found.dueMoved.length || undefined,
    bucketMoved: found.bucketMoved.length || undefined,
  }),
});
