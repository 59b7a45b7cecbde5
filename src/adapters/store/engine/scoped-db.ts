/**
 * Gives repositories the database only together with whose rows a statement is about: a query without that cannot be written.
 * PostgreSQL holds each statement to it by row-level security; the embedded engine, which runs as superuser, cannot.
 */
import {
  PostgresQueryCompiler,
  type Kysely,
  type KyselyPlugin,
  type QueryId,
  type RootOperationNode,
} from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Tables } from '../rows/table-types.ts';

/** Empty: none. The policies of the tables read them (migration 0025). */
export interface Scope {
  /** `*` for all tenants. */
  readonly tenant: string;
  /** Only this one of the tenant's people. */
  readonly person: string;
  /** The tenant of the conversation, where a guest's differs from it. */
  readonly place: string;
  /** One export, file, schedule, question or link and what belongs to it, by its id or the hash of its secret. */
  readonly subject: string;
}

const nothing: Scope = { tenant: '', person: '', place: '', subject: '' };

/** Bound to the database itself or to one transaction. */
export interface ScopedDb {
  readonly ofTenant: (tenantId: string) => Kysely<Tables>;
  /** @param place the conversation that it is about, too: a guest's may be another tenant's */
  readonly ofPerson: (person: Person, place?: { readonly tenantId: string }) => Kysely<Tables>;
  /** Not those of a person who asks: whoever calls this has the id from a row or a task of the bot's own. */
  readonly ofSubject: (id: string) => Kysely<Tables>;
  /** @param why for whoever reads the code */
  readonly acrossTenants: (why: string) => Kysely<Tables>;
  readonly isTransaction: boolean;
  /**
   * The same, for writes whose outcome nobody looks at before the commit: in a transaction on PostgreSQL they are done when they
   * are sent, tell nothing, and what fails of them ends the transaction.
   */
  readonly deferred: ScopedDb;
  /** The same, where `guard` sees each statement before it is sent. */
  readonly guardedBy: (guard: KyselyPlugin) => ScopedDb;
  /** @param isolation `read committed` unless given */
  readonly transaction: <T>(work: (trx: ScopedDb) => Promise<T>, isolation?: 'repeatable read') => Promise<T>;
}

/** @param isolation `read committed` unless given */
export type RunTransaction = <T>(
  work: (trx: Kysely<Tables>) => Promise<T>,
  isolation?: 'repeatable read',
) => Promise<T>;

interface Standing {
  readonly isTransaction: boolean;
  readonly isDeferred: boolean;
  readonly run: RunTransaction;
}

/** @param run how its transactions are run: as Kysely does, unless given */
export const scopedOver = (db: Kysely<Tables>, run: RunTransaction = oneByOne(db)): ScopedDb =>
  scoped(db, { isTransaction: db.isTransaction, isDeferred: false, run });

const oneByOne =
  (db: Kysely<Tables>): RunTransaction =>
  (work, isolation) => {
    const begin = db.transaction();
    return (isolation === undefined ? begin : begin.setIsolationLevel(isolation)).execute(work);
  };

const noTransaction: RunTransaction = () => Promise.reject(new Error('A transaction has none within it.'));

function scoped(db: Kysely<Tables>, standing: Standing): ScopedDb {
  const { isTransaction, isDeferred, run } = standing;
  const within = (scope: Partial<Scope>): Kysely<Tables> =>
    db.withPlugin(marking({ scope: { ...nothing, ...scope }, isDeferred }));
  const everything = within({ tenant: '*' });
  return {
    ofTenant: (tenantId) => within({ tenant: tenantId, place: tenantId }),
    ofPerson: ({ tenantId, userId }, place) =>
      within({ tenant: tenantId, person: userId, place: place?.tenantId ?? tenantId }),
    ofSubject: (id) => within({ subject: id }),
    acrossTenants: () => everything,
    isTransaction,
    get deferred() {
      return scoped(db, { ...standing, isDeferred: true });
    },
    guardedBy: (guard) => scoped(db.withPlugin(guard), standing),
    transaction: (work, isolation) =>
      run(
        (trx) => work(scoped(trx, { isTransaction: true, isDeferred: false, run: noTransaction })),
        isolation,
      ),
  };
}

interface Mark {
  readonly scope: Scope;
  readonly isDeferred: boolean;
}

/** Of a statement by its id, and of what was compiled of it by its parameters: the driver is given no more. */
const marks = new WeakMap<object, Mark>();

const marking = (mark: Mark): KyselyPlugin => ({
  transformQuery: ({ node, queryId }) => {
    marks.set(queryId, mark);
    return node;
  },
  transformResult: ({ result }) => Promise.resolve(result),
});

export class ScopeKeepingCompiler extends PostgresQueryCompiler {
  override compileQuery(node: RootOperationNode, queryId: QueryId) {
    const compiled = super.compileQuery(node, queryId);
    const mark = marks.get(queryId);
    if (mark !== undefined) marks.set(compiled.parameters, mark);
    return compiled;
  }
}

/** Undefined of what needs none: BEGIN and COMMIT, and the queue's own tables. */
export const scopeOf = (parameters: readonly unknown[]): Scope | undefined => marks.get(parameters)?.scope;

export const isDeferred = (parameters: readonly unknown[]): boolean =>
  marks.get(parameters)?.isDeferred === true;
