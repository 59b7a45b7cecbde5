/** Reads everything that a database holds as text: every column of every row of every table, the queue's included. */
import { sql } from 'kysely';
import type { Database } from '../../../src/adapters/store/engine/database.ts';

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
