/** Records what all connections to PostgreSQL of this process ask: a count of statements is no timing. */
import pg from 'pg';

const textOf = (asked: unknown): string =>
  String(typeof asked === 'object' && asked !== null && 'text' in asked ? asked.text : asked)
    .replace(/\s+/g, ' ')
    .trim();

/** @returns stops recording, and gives the statements in the order in which they were sent, each in one line */
export function recordStatements(): () => readonly string[] {
  const client: { query: (...given: unknown[]) => unknown } = pg.Client.prototype;
  const original = Reflect.get(client, 'query');
  const texts: string[] = [];
  client.query = function recordAndQuery(this: unknown, ...given: unknown[]) {
    texts.push(textOf(given[0]));
    return Reflect.apply(original, this, given);
  };
  return function stop() {
    client.query = original;
    return texts;
  };
}
