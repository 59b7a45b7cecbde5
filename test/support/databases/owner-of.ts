/** The database as the login sees it that owns the tables: what only operators, migrations and attackers do. */
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, Tables } from '../../../src/adapters/store/engine/database.ts';

export interface Owner {
  readonly db: Kysely<Tables>;
  /** Leaves an embedded engine open. */
  readonly close: () => Promise<void>;
}

export function ownerOf({ engine }: Pick<Database, 'engine'>): Owner {
  if (engine.kind === 'embedded')
    return {
      db: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: engine.pglite }) }),
      close: () => Promise.resolve(),
    };
  const pool = new pg.Pool({ connectionString: engine.url, max: 2 });
  // A test may stop the server.
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}

/** One statement or more, and closes again. */
export async function asOwner<T>(
  database: Pick<Database, 'engine'>,
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const { db, close } = ownerOf(database);
  try {
    return await work(db);
  } finally {
    await close();
  }
}
