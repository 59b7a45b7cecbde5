/** What the bot's database holds of schedules: how each stands, and what is still to be done. */
import type { Kysely } from 'kysely';
import pg from 'pg';
import * as z from 'zod';
import type { Tables } from '../../../src/adapters/store/engine/database.ts';

const moment = z.iso.datetime().transform((written) => new Date(written));
const runSchema = z.object({
  dueAt: moment,
  begunAt: moment,
  outcome: z.string(),
  exportId: z.string().optional(),
});

export interface KeptSchedule {
  readonly id: string;
  readonly state: string;
  readonly nextAt: Date | null;
  /** The last one that has begun. */
  readonly run: z.infer<typeof runSchema> | null;
}

export async function readSchedules(db: Kysely<Tables>): Promise<readonly KeptSchedule[]> {
  const rows = await db.selectFrom('schedules').select(['id', 'state', 'next_at', 'run']).execute();
  return rows.map(({ id, state, next_at: nextAt, run }) => ({
    id,
    state,
    nextAt,
    run: runSchema.nullable().parse(run),
  }));
}

/** Runs that are due or under way, and messages of theirs that are still to be posted; asked while instances run. */
export async function countUnsettled(url: string, lastDueAt: Date): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: 'chaos' });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM schedules
          WHERE next_at <= $1 OR run ->> 'outcome' IN ('underWay', 'waitingForSignIn'))::int
        + (SELECT count(*) FROM cards WHERE mode = 'live' AND activity_id IS NULL)::int
        + (SELECT count(*) FROM pgboss.job WHERE state <= 'active' AND data -> 'task' ->> 'kind' = 'share')::int
        AS count`,
      [lastDueAt],
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
