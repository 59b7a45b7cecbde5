// How many statements one whole export costs on PostgreSQL: a count is no timing, and must not grow unseen.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSuite, runs } from '../../support/app/app-suite.ts';
import { startAppWorld, type AppWorld } from '../../support/app/app-world.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { recordStatements } from '../../support/databases/record-statements.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada, benno = ada] = sandboxPeople;

/** With a little room: it was 54, and what the sign-in before left to be written may come in between. */
const ceiling = 64;
/** Of the tables that a sign-in is about, until it has committed: it was 10. */
const signInCeiling = 10;
const isOfSignIn = (text: string): boolean =>
  /\b(?:exports|schedules|conversations|sign_in_requests|sso_exchanges|token_partitions)\b/.test(text) &&
  // What posting the prompt has left to be written, what an app that has just started tidies up, and the queue's own.
  !/^update "sign_in_requests"|inbound_activities|^delete from (?!"sign_in_requests" as)|'resume'|pgboss/i.test(
    text,
  );
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

  it(`asks for no more than ${String(signInCeiling)} statements to go on with a silent sign-in`, async () => {
    const suite = createSuite(() => world);
    const chat = personalChat(benno);
    const view = suite.view(runs);
    await suite.say(chat, benno, view.url);
    const prompt = await suite.prompt(chat);
    const stop = recordStatements();
    await world.channel.silentSso(chat, benno, prompt);
    await suite.jobOf(view);
    const all = stop();
    const kept = all.findIndex((text) => text.startsWith('insert into "token_partitions"'));
    const statements = all
      .slice(0, all.indexOf('commit', kept))
      .filter((text) => isOfSignIn(text) && !isIdle(text))
      .map((text) => text.slice(0, 100));
    assert.ok(kept > 0 && statements.length > 5, 'they are recorded');
    assert.ok(
      statements.length <= signInCeiling,
      `${String(statements.length)} statements:\n${statements.join('\n')}`,
    );
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
