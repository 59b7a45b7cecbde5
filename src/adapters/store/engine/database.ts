/** Opens the database, embedded or PostgreSQL, and migrates it. */
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { withTimeout } from '../../../blocks/with-timeout.ts';
import type { Log, Stores } from '../../../ports/runtime.ts';
import { openEmbedded, type Embedded } from './embedded-engine.ts';
import { PipelinedPostgres, pipelinedTransactions } from './pipelined-postgres.ts';
import { createPrepareConnection } from './prepared-statements.ts';
import { prepareRole } from './restricted-role.ts';
import { scopedOver, type ScopedDb } from './scoped-db.ts';
import { migrate } from '../migrations/migrations.ts';
import { createDiskSpaceWatch, type DiskSpaceWatch } from './sql-errors.ts';
import type { Tables } from '../rows/table-types.ts';

export type { ScopedDb, Tables };
/** What a `ScopedDb` gives for a scope. */
export type ScopedQueries = Kysely<Tables>;

/** For the queue, which makes a connection of its own. */
export type Engine =
  | { readonly kind: 'embedded'; readonly pglite: Embedded['pglite'] }
  | { readonly kind: 'postgres'; readonly url: string };

export interface Database {
  readonly db: ScopedDb;
  readonly engine: Engine;
  /** Rejects when the database does not answer within `milliseconds`, or takes no writes: it is read-only or full. */
  readonly ping: (milliseconds: number) => Promise<void>;
  /** Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** As port Transact; an adapter with tables of its own writes them through `trx`. */
export type TransactWithin = <T>(work: (stores: Stores, trx: ScopedDb) => Promise<T>) => Promise<T>;

export type DatabaseWhere =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string };

export interface DatabaseDeps {
  readonly log: Pick<Log, 'warn'>;
}

/** Opens and migrates. @throws Error when it cannot be reached, is in use (embedded), or a migration fails. */
export const openDatabase = (where: DatabaseWhere, deps: DatabaseDeps): Promise<Database> =>
  where.kind === 'embedded' ? openFolder(where.folder) : openPostgres(where.url, deps.log);

async function openFolder(folder: string): Promise<Database> {
  const embedded = await openEmbedded(folder);
  try {
    await migrate(new Kysely({ dialect: new PGliteDialect({ pglite: embedded.pglite }) }));
    return overEmbedded(embedded);
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/** A database over an embedded engine that is open already, and migrated. */
export function overEmbedded({ pglite, close }: Embedded): Database {
  const diskSpace = createDiskSpaceWatch();
  const kysely = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }), log: diskSpace.observe });
  const [db, ping] = [scopedOver(kysely), pingOf(kysely, diskSpace)];
  return { db, ping, engine: { kind: 'embedded', pglite }, close: once(close) };
}

async function openPostgres(url: string, log: DatabaseDeps['log']): Promise<Database> {
  const role = await asOwner(url, log, async (db) => {
    await migrate(db);
    return prepareRole(db, log);
  });
  const pool = openPool(url, log, { max: 10, pipeline: true });
  pool.on('connect', createPrepareConnection(role));
  const diskSpace = createDiskSpaceWatch();
  const { observe, noteFailure } = diskSpace;
  const kysely = new Kysely<Tables>({ dialect: new PipelinedPostgres({ pool }), log: observe });
  const deps = { pool, log: observe, onDeferredFailure: noteFailure };
  const db = scopedOver(kysely, pipelinedTransactions(deps));
  const ping = pingOf(kysely, diskSpace);
  return { db, ping, engine: { kind: 'postgres', url }, close: once(() => pool.end()) };
}

/** On one connection, as the login that owns the tables. */
async function asOwner<T>(
  url: string,
  log: DatabaseDeps['log'],
  work: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(url, log, { max: 1 }) }) });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const seconds = 1000;

function openPool(url: string, log: DatabaseDeps['log'], how: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'goals-export-bot',
    keepAlive: true,
    connectionTimeoutMillis: 5 * seconds,
    idleTimeoutMillis: 60 * seconds,
    statement_timeout: 30 * seconds,
    query_timeout: 35 * seconds,
    idle_in_transaction_session_timeout: 30 * seconds,
    ...how,
  });
  const lost = (error: Error): void => log.warn({ err: error }, 'a connection to PostgreSQL was lost');
  // The pool listens to idle connections only; an unheard loss inside a transaction would end the process.
  pool.on('connect', (client) => client.on('error', lost));
  // An idle connection's loss has been logged by then.
  pool.on('error', () => undefined);
  return pool;
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return function closeOnce() {
    return (closing ??= close());
  };
}

function pingOf(db: Kysely<Tables>, diskSpace: DiskSpaceWatch): Database['ping'] {
  return async function ping(milliseconds) {
    await withTimeout(milliseconds, assertWritable(db), () => {
      throw new Error(`The database did not answer within ${String(milliseconds)} ms`);
    });
    if (diskSpace.isFull()) throw new Error('The database has no room for what is written');
  };
}

/** After a failover the connection may lead to a read-only replica, which answers queries all the same. */
async function assertWritable(db: Kysely<Tables>): Promise<void> {
  const asked = sql<{ readonly: string }>`SELECT current_setting('transaction_read_only') AS readonly`;
  if ((await asked.execute(db)).rows[0]?.readonly !== 'off') throw new Error('The database is read-only');
}
