/** Reads what a database holds: everything as text, and what is queued for one export. */
import { sql } from 'kysely';
import type { Database } from '../../../src/adapters/store/engine/database.ts';

/** Every column of every row of every table, the queue's included. */
export async function allStored(db: Database['db']): Promise<string> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`.execute(db);
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql`SELECT * FROM ${sql.id(schema, name)}`.execute(db);
    texts.push(`${schema}.${name}: ${JSON.stringify(rows)}`);
  }
  return texts.join('\n');
}

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
