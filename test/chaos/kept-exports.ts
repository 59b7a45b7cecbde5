/** What the bot's database holds when everything is over, read while no instance runs. */
import { openDatabase } from '../../src/adapters/store/engine/database.ts';
import { noLog } from '../support/databases/databases.ts';
import { readSchedules, type KeptSchedule } from './schedules/kept-schedules.ts';

export interface KeptExport {
  readonly id: string;
  readonly userId: string;
  readonly viewId: string;
  readonly makesJobs: boolean;
  readonly status: string;
  readonly isOpen: boolean;
  readonly requestedAt: Date;
  /** When it became what it is now. */
  readonly since: Date;
  /** From when somebody last asked, as the bot saw it, until it became what it is now: a message that is sent again asks again. */
  readonly secondsToEnd: number;
  /** Of every run, the newest last. */
  readonly graphJobIds: readonly string[];
}

export interface Kept {
  readonly exports: readonly KeptExport[];
  /** The activities that the bot knows as its cards. */
  readonly cards: ReadonlySet<string>;
  readonly schedules: readonly KeptSchedule[];
}

type Variables = Readonly<Record<string, string>>;

export async function readKept(variables: Variables): Promise<Kept> {
  const { DATABASE_URL: url, DATA_DIR: folder = '' } = variables;
  const where =
    url === undefined ? { kind: 'embedded' as const, folder } : { kind: 'postgres' as const, url };
  const database = await openDatabase(where, { log: noLog });
  try {
    const rows = await database.db.acrossTenants('a test').selectFrom('exports').selectAll().execute();
    const cards = await database.db
      .acrossTenants('a test')
      .selectFrom('cards')
      .select(['activity_id', 'export_id', 'placed_at'])
      .execute();
    const lastPlaced = (id: string): number =>
      Math.max(0, ...cards.map((card) => (card.export_id === id ? (card.placed_at?.getTime() ?? 0) : 0)));
    return {
      exports: rows.map((row) => ({
        id: row.id,
        userId: row.user_id,
        viewId: row.target_key.split('/').at(-1) ?? '',
        makesJobs: row.source !== 'planner',
        status: row.status,
        isOpen: row.is_open,
        requestedAt: row.requested_at,
        since: row.since,
        secondsToEnd: (row.since.getTime() - Math.max(row.requested_at.getTime(), lastPlaced(row.id))) / 1000,
        graphJobIds: [
          ...(Array.isArray(row.past_runs) ? row.past_runs.map(jobIn) : []),
          jobIn(row.state),
        ].flat(),
      })),
      cards: new Set(cards.flatMap(({ activity_id: id }) => id ?? [])),
      schedules: await readSchedules(database.db.acrossTenants('a test')),
    };
  } finally {
    await database.close();
  }
}

const jobIn = (held: unknown): readonly string[] =>
  typeof held === 'object' && held !== null && 'graphJobId' in held ? [String(held.graphJobId)] : [];
