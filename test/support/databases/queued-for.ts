/** Reads what pg-boss holds for one export. */
import { sql } from 'kysely';
import type { Database } from '../../../src/adapters/store/engine/database.ts';

interface Queued {
  readonly state: string;
  readonly minutes: number;
}

/** What is queued for it: the state, and in how many minutes it is due. */
export async function queuedFor(database: Database, exportId: string): Promise<readonly Queued[]> {
  const { rows } = await sql<Queued>`
    SELECT state::text AS state, round(extract(epoch FROM start_after - now()) / 60)::int AS minutes
    FROM pgboss.job WHERE singleton_key = ${exportId} AND state < 'active'`.execute(database.db);
  return rows;
}
