/** Answers for opening the database: embedded or PostgreSQL, migrated, and one Kysely over either. */
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { openEmbedded, type Embedded } from './embedded-engine.ts';
import { migrate } from './migrations.ts';
import { openPool, type DatabaseLog } from './postgres-pool.ts';
import type { Tables } from './tables.ts';

export type { Tables };

/** What the queue needs to make a connection of its own. */
export type Engine =
  | { readonly kind: 'embedded'; readonly pglite: Embedded['pglite'] }
  | { readonly kind: 'postgres'; readonly url: string };

export interface Database {
  readonly db: Kysely<Tables>;
  readonly engine: Engine;
  /** Rejects when the database does not answer within `milliseconds`. */
  readonly ping: (milliseconds: number) => Promise<void>;
  /** Safe to call twice. */
  readonly close: () => Promise<void>;
}

export type DatabaseWhere =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface DatabaseDeps {
  readonly log: DatabaseLog;
}

/** Opens and migrates. @throws Error when it cannot be reached, is in use (embedded), or a migration fails. */
export async function openDatabase(where: DatabaseWhere, deps: DatabaseDeps): Promise<Database> {
  const database =
    where.kind === 'embedded'
      ? overEmbedded(await openEmbedded(where.folder))
      : overPostgres(where.url, deps.log);
  try {
    await migrate(database.db);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A database over an embedded engine that is open already, and migrated. */
export function overEmbedded({ pglite, close }: Embedded): Database {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return { db, engine: { kind: 'embedded', pglite }, ping: pingOf(db), close: once(close) };
}

function overPostgres(url: string, log: DatabaseLog): Database {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, log) }) });
  return { db, engine: { kind: 'postgres', url }, ping: pingOf(db), close: once(() => db.destroy()) };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}

const pingOf =
  (db: Kysely<Tables>): Database['ping'] =>
  async (milliseconds) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The database did not answer within ${String(milliseconds)} ms`));
      }, milliseconds);
    });
    try {
      await Promise.race([sql`SELECT 1`.execute(db), late]);
    } finally {
      clearTimeout(timer);
    }
  };
