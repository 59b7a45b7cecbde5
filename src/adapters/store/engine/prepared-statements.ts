/** Has PostgreSQL parse and plan each statement once for each connection, instead of each time it is sent. */
import pg from 'pg';

/** Of different texts, in a process; what comes after that is planned each time. */
const maxStatements = 500;

/** A plan gives the columns that it was made for: where all are asked for, it would end with the next migration. */
const asksForAll = /^\s*select \*|\breturning \*/i;

type Query = (this: pg.Client, statement: unknown, values?: unknown, ...rest: readonly unknown[]) => unknown;

/** For each new connection of a pool: lets it keep its plans. */
export function createKeepPlans(): (client: pg.Client) => void {
  const names = new Map<string, string | undefined>();
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < maxStatements)
      names.set(text, asksForAll.test(text) ? undefined : `statement ${String(names.size)}`);
    return names.get(text);
  };
  return function keepPlans(client) {
    const queryByName: Query = function queryByName(statement, values, ...rest) {
      const isPlanned = typeof statement === 'string' && Array.isArray(values) && values.length > 0;
      const name = isPlanned ? nameOf(statement) : undefined;
      const query = Reflect.get(pg.Client.prototype, 'query') as Query;
      return name === undefined
        ? query.call(this, statement, values, ...rest)
        : query.call(this, { name, text: statement, values }, ...rest);
    };
    client.query = queryByName as pg.Client['query'];
  };
}
