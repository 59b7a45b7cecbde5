/**
 * Kysely's dialect for PostgreSQL, with statements that carry their scope, and transactions in few round trips: each statement is
 * sent when it is asked for, whether those before it are answered or not; the commit waits for all.
 */
import { Kysely, PostgresDialect, type LogConfig, type PostgresPool } from 'kysely';
import type pg from 'pg';
import type { Tables } from '../rows/table-types.ts';
import { isDeferred, ScopeKeepingCompiler, type RunTransaction } from './scoped-db.ts';

/** Its pool must have been given `pipeline`. */
export class PipelinedPostgres extends PostgresDialect {
  override createQueryCompiler(): ScopeKeepingCompiler {
    return new ScopeKeepingCompiler();
  }
}

export interface PipelinedTransactionsDeps {
  readonly pool: pg.Pool;
  readonly log: LogConfig;
  /** Is told what fails of what was deferred, which `log` does not see. */
  readonly onDeferredFailure: (error: unknown) => void;
}

/** Ours because Kysely sends a transaction's statements one after the other, each when the one before it is answered. */
export function pipelinedTransactions({
  pool,
  log,
  onDeferredFailure,
}: PipelinedTransactionsDeps): RunTransaction {
  return async function runTransaction(work, isolation) {
    const client = await pool.connect();
    const transaction = new PipelinedTransaction(client, onDeferredFailure);
    let isLost = false;
    try {
      transaction.begin(isolation);
      const dialect = new PipelinedPostgres({ pool: transaction.lent });
      const result = await work(new Kysely<Tables>({ dialect, log }));
      await transaction.commit();
      return result;
    } catch (error) {
      isLost = !(await transaction.rollback());
      throw transaction.causeOf(error);
    } finally {
      client.release(isLost);
    }
  };
}

/** What a statement tells that nobody waits for. */
const nothingTold = { command: 'SELECT', rowCount: 0, rows: [] } as const;

class PipelinedTransaction {
  readonly #client: pg.PoolClient;
  readonly #onDeferredFailure: (error: unknown) => void;
  /** Of what nobody waits for; they never reject. */
  readonly #answers: Promise<unknown>[] = [];
  #failure: { readonly error: unknown } | undefined;
  #hasEnded = false;

  constructor(client: pg.PoolClient, onDeferredFailure: (error: unknown) => void) {
    this.#client = client;
    this.#onDeferredFailure = onDeferredFailure;
  }

  /** The connection, as a pool that has only that one. */
  readonly lent: PostgresPool = {
    connect: () =>
      Promise.resolve({
        query: (text: string, values: readonly unknown[]) => this.#query(text, values),
        release: () => undefined,
      } as unknown as pg.PoolClient),
    end: () => Promise.resolve(),
    options: {},
  };

  begin(isolation: string | undefined): void {
    const begin = isolation === undefined ? 'begin' : `begin isolation level ${isolation}`;
    this.#defer(this.#client.query(begin));
  }

  #query(text: string, values: readonly unknown[]): Promise<unknown> {
    // What somebody forgot to wait for must not be carried out on its own.
    if (this.#hasEnded) return Promise.reject(new Error('The transaction has ended.'));
    const answer = this.#client.query(text, values as unknown[]);
    if (!isDeferred(values)) return answer;
    this.#defer(answer);
    return Promise.resolve(nothingTold);
  }

  #defer(answer: Promise<unknown>): void {
    const heard = answer.catch((error: unknown) => {
      this.#failure ??= { error };
      this.#onDeferredFailure(error);
    });
    this.#answers.push(heard);
  }

  async commit(): Promise<void> {
    this.#hasEnded = true;
    const committed = this.#client.query('commit');
    const [{ command }] = await Promise.all([committed, ...this.#answers]);
    if (this.#failure !== undefined) throw this.#failure.error;
    // PostgreSQL's answer where a statement has failed, and whoever asked it went on.
    if (command === 'ROLLBACK') throw new Error('The transaction was not committed: a statement had failed.');
  }

  /** False when nobody knows how the connection is. */
  async rollback(): Promise<boolean> {
    this.#hasEnded = true;
    return this.#client.query('rollback').then(
      () => true,
      () => false,
    );
  }

  /** PostgreSQL refuses whatever follows what has failed: that is the cause. */
  causeOf(error: unknown): unknown {
    return this.#failure === undefined ? error : this.#failure.error;
  }
}
