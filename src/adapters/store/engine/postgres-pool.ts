/** Answers for the connections to PostgreSQL: bounded waits, and a lost connection that ends a query, not the process. */
import pg from 'pg';
import type { Log } from '../../../ports/runtime.ts';

export type DatabaseLog = Pick<Log, 'warn'>;

const seconds = 1000;

export function openPool(url: string, log: DatabaseLog): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: 'goals-export-bot',
    keepAlive: true,
    connectionTimeoutMillis: 5 * seconds,
    idleTimeoutMillis: 60 * seconds,
    statement_timeout: 30 * seconds,
    query_timeout: 35 * seconds,
    idle_in_transaction_session_timeout: 30 * seconds,
  });
  const lost = (error: Error): void => log.warn({ err: error }, 'a connection to PostgreSQL was lost');
  // The pool listens to idle connections only; unheard, a loss in the middle of a transaction ends the process.
  pool.on('connect', (client) => client.on('error', lost));
  // What it says of an idle one has been logged by then.
  pool.on('error', () => undefined);
  return pool;
}
