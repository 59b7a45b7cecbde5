/** Takes the snapshot of an export that the next one is compared with. */
import { createHash } from 'node:crypto';
import { present } from '../../present.ts';
import type { OkrSnapshot, SnapshotRow } from './okr-changes.ts';
import { cutTitle, type Day, type OkrRow } from '../reading/okr-row.ts';

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
      if (rows.length < maxSnapshotRows) rows.push(snapshotRowOf(row));
      else capped = true;
    },
    snapshot: () => ({ takenOn, rows, capped }),
  };
}

const snapshotRowOf = (row: OkrRow): SnapshotRow => ({
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
