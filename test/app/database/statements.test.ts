// How many statements one whole export costs on PostgreSQL: a count is no timing, and must not grow unseen.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { recordStatements } from '../../support/databases/record-statements.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

/** With a little room: it was 54, and what the sign-in before left to be written may come in between. */
const ceiling = 64;
/** What is asked whether there is work or not: looks for what is due, the queue's housekeeping, the other instances. */
const isIdle = (text: string): boolean =>
  /^(?:WITH (?:next|due|mine) AS|BEGIN;|SELECT (?:q\.name|round|i\.relname)|(?:DELETE FROM|UPDATE) pgboss\.)/.test(
    text,
  );

describeWithPostgres('an export on PostgreSQL', () => {
  let world: AppWorld;
  let dropDatabase: () => Promise<void>;
  before(async () => {
    const database = await postgresDatabase();
    dropDatabase = database.drop;
    world = await startAppWorld({ databaseUrl: database.url });
  });
  after(async () => {
    await world.stop();
    await dropDatabase();
  });

  it(`asks for no more than ${String(ceiling)} statements, from the link to what its file says`, async () => {
    const suite = createSuite(() => world);
    await suite.signIn(ada);
    const view = suite.view({ kind: 'runs', startsAfterMs: 1000, endsAfterMs: 5000, ends: 'succeeded' });
    const stop = recordStatements();
    await suite.say(personalChat(ada), ada, view.url);
    await suite.card(personalChat(ada), /average progress/i, view);
    await suite.read(view);
    const statements = stop()
      .filter((text) => !isIdle(text))
      .map((text) => text.slice(0, 100));
    assert.ok(statements.length > 20, 'they are recorded');
    assert.ok(
      statements.length <= ceiling,
      `${String(statements.length)} statements:\n${statements.join('\n')}`,
    );
  });
});
