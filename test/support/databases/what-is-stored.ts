/** Reads what a database holds: everything as text, when an export is to be woken, and what is queued for a key. */
import { sql } from 'kysely';
import type { Database } from '../../../src/adapters/store/engine/database.ts';

/** Every column of every row of every table, the queue's included. */
export async function allStored(db: Database['db']): Promise<string> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`.execute(
    db.acrossTenants('a test'),
  );
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql`SELECT * FROM ${sql.id(schema, name)}`.execute(db.acrossTenants('a test'));
    texts.push(`${schema}.${name}: ${JSON.stringify(rows)}`);
  }
  return texts.join('\n');
}

interface Queued {
  readonly state: string;
  readonly minutes: number;
}

/** When the export is to be woken, and whether a worker has it. */
export async function wakeOf(database: Database, exportId: string): Promise<readonly Queued[]> {
  const { rows } = await sql<Queued>`
    SELECT CASE WHEN woken_by IS NULL THEN 'waits' ELSE 'taken' END AS state,
      round(extract(epoch FROM wake_at - now()) / 60)::int AS minutes
    FROM exports WHERE id = ${exportId} AND wake_at IS NOT NULL`.execute(database.db.acrossTenants('a test'));
  return rows;
}

/** What is queued for a task: the state, and in how many minutes it is due. */
export async function queuedFor(database: Database, key: string): Promise<readonly Queued[]> {
  const { rows } = await sql<Queued>`
    SELECT state::text AS state, round(extract(epoch FROM start_after - now()) / 60)::int AS minutes
    FROM pgboss.job WHERE singleton_key = ${key} AND state < 'active'`.execute(
    database.db.acrossTenants('a test'),
  );
  return rows;
}
