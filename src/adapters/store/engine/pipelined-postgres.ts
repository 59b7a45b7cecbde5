/**
 * Kysely's dialect for PostgreSQL, with statements that carry their scope, and transactions in fewer round trips: BEGIN and what
 * is deferred are sent without waiting for their answers, which COMMIT waits for.
 */
import {
  PostgresDialect,
  PostgresDriver,
  type AbortableOperationOptions,
  type DatabaseConnection,
  type PostgresDialectConfig,
  type TransactionSettings,
} from 'kysely';
import { isDeferred, ScopeKeepingCompiler } from './scoped-db.ts';

interface PipelinedConfig extends PostgresDialectConfig {
  /** Is told what fails of what was deferred, which Kysely's log does not see. */
  readonly onDeferredFailure: (error: unknown) => void;
}

/** Its pool must have been given `pipeline`. */
export class PipelinedPostgres extends PostgresDialect {
  readonly #config: PipelinedConfig;

  constructor(config: PipelinedConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PipelinedDriver {
    return new PipelinedDriver(this.#config);
  }

  override createQueryCompiler(): ScopeKeepingCompiler {
    return new ScopeKeepingCompiler();
  }
}

/** What a transaction has sent without waiting. */
class Unanswered {
  readonly #answers: Promise<unknown>[] = [];
  readonly #onFailure: (error: unknown) => void;
  #failure: { readonly error: unknown } | undefined;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  add(answer: Promise<unknown>): void {
    const heard = answer.catch((error: unknown) => {
      this.#failure ??= { error };
      this.#onFailure(error);
    });
    this.#answers.push(heard);
  }

  /** PostgreSQL refuses whatever follows what failed: that is the cause, whichever is heard of first. */
  async assertNoneFailed(): Promise<void> {
    await Promise.all(this.#answers);
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

type Execute = DatabaseConnection['executeQuery'];
type PostgresConnection = Parameters<PostgresDriver['rollbackTransaction']>[0];

class PipelinedDriver extends PostgresDriver {
  readonly #onDeferredFailure: (error: unknown) => void;
  readonly #unanswered = new WeakMap<DatabaseConnection, Unanswered>();
  readonly #deferring = new WeakSet<DatabaseConnection>();

  constructor({ onDeferredFailure, ...config }: PipelinedConfig) {
    super(config);
    this.#onDeferredFailure = onDeferredFailure;
  }

  override async acquireConnection(options?: AbortableOperationOptions): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection(options);
    if (!this.#deferring.has(connection)) {
      connection.executeQuery = this.#deferringOn(connection);
      this.#deferring.add(connection);
    }
    return connection;
  }

  #deferringOn(connection: DatabaseConnection): Execute {
    const execute: Execute = connection.executeQuery.bind(connection);
    return async <R>(...[query, options]: Parameters<Execute>) => {
      const unanswered = this.#unanswered.get(connection);
      const answer = execute<R>(query, options);
      if (unanswered === undefined) return answer;
      if (isDeferred(query.parameters)) {
        unanswered.add(answer);
        return { rows: [] };
      }
      try {
        return await answer;
      } catch (error) {
        await unanswered.assertNoneFailed();
        throw error;
      }
    };
  }

  override beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const unanswered = new Unanswered(this.#onDeferredFailure);
    unanswered.add(super.beginTransaction(connection, settings));
    this.#unanswered.set(connection, unanswered);
    return Promise.resolve();
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const unanswered = this.#unanswered.get(connection);
    this.#unanswered.delete(connection);
    // PostgreSQL makes it a ROLLBACK where something has failed.
    const committed = super.commitTransaction(connection);
    committed.catch(() => undefined);
    await unanswered?.assertNoneFailed();
    await committed;
  }

  override async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    this.#unanswered.delete(connection);
    await super.rollbackTransaction(connection);
  }
}
