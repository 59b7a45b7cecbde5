/** Takes the snapshot of an export that the next one is compared with, and pairs the rows of two. */
import { createHash } from 'node:crypto';
import { present } from '../../present.ts';
import { overdue } from '../reading/row-rules.ts';
import { cutTitle, type Day, type OkrLevel, type OkrRow } from '../reading/okr-row.ts';

/** The least that comparing needs, and nothing more: it is kept. */
export interface SnapshotRow {
  /** The row's `Id`; without one, title + owner + period + type, hashed. */
  readonly key: string;
  /** Of a row with an `Id`: the key it would have without one, to find it in a file without Ids. */
  readonly keyWithoutId?: string;
  readonly title: string;
  readonly level: OkrLevel;
  readonly owner?: string;
  readonly status?: string;
  readonly progress?: number;
  /** The next three of what is neither an objective nor a key result: people plan by them there. */
  readonly endsOn?: Day;
  readonly bucket?: string;
  readonly overdue?: true;
  /** What could not be read of it: neither the same nor different. Absent when all could. */
  readonly unread?: readonly ('owner' | 'status' | 'progress')[];
}

export interface OkrSnapshot {
  readonly takenOn: Day;
  readonly rows: readonly SnapshotRow[];
  /** Rows beyond 50,000 are not kept. */
  readonly capped: boolean;
}

export const maxSnapshotRows = 50_000;
const longestId = 64;

export interface SnapshotBuilder {
  readonly add: (row: OkrRow) => void;
  readonly snapshot: () => OkrSnapshot;
}

/** Rows beyond the first 50,000 are left out, and the snapshot says so. */
export function createSnapshotBuilder(takenOn: Day): SnapshotBuilder {
  const rows: SnapshotRow[] = [];
  let capped = false;
  return {
    add: (row) => {
      if (rows.length < maxSnapshotRows) rows.push(snapshotRowOf(row, takenOn));
      else capped = true;
    },
    snapshot: () => ({ takenOn, rows, capped }),
  };
}

const snapshotRowOf = (row: OkrRow, takenOn: Day): SnapshotRow => ({
  key: keyOf(row),
  title: cutTitle(row.title),
  level: row.level,
  ...present({
    keyWithoutId: row.id === undefined ? undefined : keyWithoutId(row),
    owner: row.owner === undefined ? undefined : cutTitle(row.owner),
    status: row.status === undefined ? undefined : cutTitle(row.status),
    progress: row.progress,
    unread: unreadOf(row),
  }),
  ...(row.level === 'other' ? plannedBy(row, takenOn) : {}),
});

const plannedBy = (row: OkrRow, takenOn: Day) =>
  present({
    endsOn: row.endsOn,
    bucket: row.bucket === undefined ? undefined : cutTitle(row.bucket),
    overdue: overdue(row, takenOn) === 'yes' ? (true as const) : undefined,
  });

function unreadOf({ unread = [] }: OkrRow): SnapshotRow['unread'] {
  const compared = (['owner', 'status', 'progress'] as const).filter((field) => unread.includes(field));
  return compared.length === 0 ? undefined : compared;
}

const keyWithoutId = ({ id: _id, ...identity }: OkrRow): string => keyOf(identity);

type Identity = Pick<OkrRow, 'id' | 'title' | 'owner' | 'period' | 'objectType'>;

/** Hashes stand behind `~`, so that none can be taken for an id of the file. */
export function keyOf({ id, title, owner, period, objectType }: Identity): string {
  if (id !== undefined && id.length <= longestId && !id.startsWith('~')) return id;
  const identity = id === undefined ? [title, owner ?? '', period ?? '', objectType ?? ''] : [id];
  return `~${createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 22)}`;
}

interface PairedRows {
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
