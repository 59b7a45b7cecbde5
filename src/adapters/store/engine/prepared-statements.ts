/**
 * Has PostgreSQL parse and plan each statement once for each connection, instead of each time it is sent, and tells it with each
 * statement whose rows that is about, without another round trip.
 */
import type { Writable } from 'node:stream';
import pg from 'pg';
import { scopeOf, type Scope } from './scoped-db.ts';

/** Of different texts, in a process; what comes after that is planned each time. */
const maxStatements = 500;

/** A plan gives the columns that it was made for: where all are asked for, it would end with the next migration. */
const asksForAll = /^\s*select \*|\breturning \*/i;

/** Until the transaction ends, which without BEGIN is the statement itself: nothing stays with a connection that others get, too. */
const setScope = {
  name: 'scope',
  text: `SELECT set_config('role', $1, true), set_config('bot.tenant', $2, true), set_config('bot.person', $3, true),
    set_config('bot.place', $4, true), set_config('bot.subject', $5, true)`,
} as const;

/** In a transaction that an error has ended PostgreSQL takes these only. */
const endsAnError = /^(savepoint|rollback|release) /i;

type Query = (this: pg.Client, statement: unknown, values?: unknown, ...rest: readonly unknown[]) => unknown;
type Settle = (error: Error | null, result: pg.QueryResult) => void;

interface Connection {
  readonly bind: (config: object) => void;
  readonly execute: (config: object) => void;
}

/** What `pg` calls of a query while it is sent and answered (8.23.1). */
interface Sendable {
  name: string | undefined;
  queryMode: 'extended' | undefined;
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}

const Query = pg.Query as unknown as new (
  text: string,
  values: readonly unknown[],
  settle: Settle,
) => Sendable;

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Of its plan. */
  readonly name: string | undefined;
}

/** Sends the scope in front of the statement and swallows its answer. */
class ScopedQuery extends Query {
  readonly #scope: readonly string[];
  #isScopeAnswered = false;

  constructor({ text, values, name }: Statement, scope: readonly string[], settle: Settle) {
    // Not as one object, of which `pg` would copy every property by its descriptor.
    super(text, values, settle);
    this.name = name;
    this.queryMode = 'extended';
    this.#scope = scope;
  }

  override prepare(connection: Connection): void {
    connection.bind({ statement: setScope.name, values: this.#scope });
    connection.execute({});
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.#isScopeAnswered) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.#isScopeAnswered) super.handleCommandComplete(message, connection);
    this.#isScopeAnswered = true;
  }
}

/** What is sent in one turn goes in one piece: each piece is a call of the system. */
function gathering(client: pg.Client): () => void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  let isGathering = false;
  const sendAll = (): void => {
    isGathering = false;
    stream.uncork();
  };
  return function gather() {
    if (isGathering) return;
    isGathering = true;
    stream.cork();
    process.nextTick(sendAll);
  };
}

/**
 * For each new connection of a pool: lets it keep its plans, and send each statement with its scope.
 * @param role under which those with a scope are carried out; `none` leaves the login its own rights
 */
export function createPrepareConnection(role = 'none'): (client: pg.Client) => void {
  const valuesOf = ({ tenant, person, place, subject }: Scope): readonly string[] => [
    role,
    tenant,
    person,
    place,
    subject,
  ];
  const names = new Map<string, string | undefined>();
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < maxStatements)
      names.set(text, asksForAll.test(text) ? undefined : `statement ${String(names.size)}`);
    return names.get(text);
  };
  return function prepareConnection(client) {
    const gather = gathering(client);
    const sendNamed: Query = function sendNamed(text, values, ...rest) {
      gather();
      const send = Reflect.get(pg.Client.prototype, 'query') as Query;
      if (typeof text !== 'string' || !Array.isArray(values)) return send.call(this, text, values, ...rest);
      const scope = endsAnError.test(text) ? undefined : scopeOf(values);
      if (scope === undefined && values.length === 0) return send.call(this, text, values, ...rest);
      const name = nameOf(text);
      if (scope === undefined) return send.call(this, { text, values: values as unknown[], name }, ...rest);
      return new Promise((resolve, reject) => {
        const settle: Settle = (error, result) => {
          if (error === null) resolve(result);
          else reject(error);
        };
        send.call(this, new ScopedQuery({ text, values, name }, valuesOf(scope), settle));
      });
    };
    client.query = sendNamed as pg.Client['query'];
    // In front of the first statement, which need not wait for it. Never without: what follows would fail.
    client.query({ ...setScope, values: ['none', '', '', '', ''] }).catch(() => client.end());
  };
}
