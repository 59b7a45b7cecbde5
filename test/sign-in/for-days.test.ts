// Days of work in a minute: tokens that live for seconds, refresh tokens that rotate, two instances, restarts; and one prompt a person.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { createSuite, exportIdOf, runs, type AppSuite, type View } from '../support/app/app-suite.ts';
import { oauthCardOf } from '../support/teams/card-search.ts';
import { describeWithPostgres } from '../support/databases/postgres.ts';
import { personalChat } from '../support/teams/teams-places.ts';
import { startTwoInstances, type TwoInstances } from '../support/app/two-instances.ts';

const people = sandboxPeople.slice(0, 4);
const exportsEach = 3;
/** The full measure is 1000 and 20, with tokens of 1 s; on a busy machine one of those is over before it is used, twice. */
const expiries = Number(process.env['SIGN_IN_EXPIRIES'] ?? 400);
const tokenSeconds = Number(process.env['SIGN_IN_TOKEN_SECONDS'] ?? 4);
const restarts = Number(process.env['SIGN_IN_RESTARTS'] ?? 8);

describeWithPostgres('for days', () => {
  let two: TwoInstances;
  let suite: AppSuite;
  before(async () => {
    two = await startTwoInstances({
      entra: { detectReuse: true },
      variables: { LIMIT_OPEN_PER_USER: '50', LIMIT_DAILY_PER_USER: '500' },
    });
    suite = createSuite(() => two.world);
  });
  after(() => two.stop());

  const renewals = (): number =>
    two.world.entra.calls.filter(({ op, about }) => op === 'token' && about['grant'] === 'refresh').length;
  const promptsOf = (person: Person): number =>
    two.world.channel
      .activities()
      .filter(({ conversationId }) => conversationId === personalChat(person).id)
      .filter(({ versions }) => versions.some((version) => oauthCardOf(version) !== undefined)).length;

  it(`${expiries} expiries and ${restarts} restarts: every export ends with its file, nobody is asked twice`, async () => {
    const { world } = two;
    const wishes: { person: Person; view: View; exportId: string }[] = [];
    for (const person of people) {
      const chat = personalChat(person);
      const views = Array.from({ length: exportsEach }, () => suite.view(runs));
      for (const [nth, view] of views.entries()) {
        await suite.say(chat, person, view.url);
        if (nth === 0) await world.channel.silentSso(chat, person, await suite.prompt(chat));
        const card = await suite.card(chat, /Running/, view);
        wishes.push({ person, view, exportId: exportIdOf(card) });
      }
    }
    world.entra.setAccessTokenSeconds(tokenSeconds);
    // The tokens of the sign-ins live an hour: each person's first renewal is Graph's doing.
    for (const { oid } of people)
      world.graph.script({ match: { op: 'list', user: oid }, times: 1, respond: { status: 401, body: {} } });
    for (let round = 1; round <= restarts; round += 1) {
      const restarted = two.restart(round % 2 === 0 ? 0 : 1);
      while (renewals() < (expiries * round) / restarts) await lookAtEverything(wishes);
      await restarted;
    }
    assert.ok(renewals() >= expiries);
    for (const { view } of wishes) world.graph.completeJob((await suite.jobOf(view)).id);
    world.skip(11);
    for (const { person, exportId } of wishes) await press(person, { verb: 'refresh', exportId });
    for (const { person, view } of wishes) await suite.card(personalChat(person), /✓ {2}Ready/, view);
    for (const person of people) assert.equal(promptsOf(person), 1, person.name);
    assert.equal(world.graph.jobs().length, wishes.length, 'none was started twice');
  }).timeout(1_800_000);

  const press = (person: Person, data: Readonly<Record<string, string>>) =>
    suite.press(personalChat(person), person, data);

  async function lookAtEverything(wishes: readonly { person: Person; exportId: string }[]): Promise<void> {
    two.world.skip(11);
    await Promise.all([
      ...people.flatMap((person) => [press(person, { verb: 'list' }), press(person, { verb: 'list' })]),
      ...wishes.map(({ person, exportId }) => press(person, { verb: 'refresh', exportId })),
    ]);
  }
});
