// Leaving: signing out and removing the bot, what they forget, what waits because of it, and what other conversations say.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import type { Place } from '../support/teams/teams-places.ts';
import { channelThread, groupChat, personalChat } from '../support/teams/teams-places.ts';

const [ada, benno, cleo, dario] = sandboxPeople;
assert.ok(benno && cleo && dario);

describe('leaving', () => {
  const suite = useAppWorld();
  const channel = () => suite.world().channel;
  const promptsIn = (place: Place) =>
    channel()
      .messages(place.id)
      .filter((one) => oauthCardOf(latest(one)) !== undefined);
  const exchangesOf = (person: Person): number =>
    suite.world().entra.calls.filter(({ op, user }) => op === 'token' && user === person.oid).length;
  /** One export in each place, all of somebody who is signed in. */
  const runningIn = async (person: Person, places: readonly Place[]) => {
    await suite.signIn(person);
    return Promise.all(
      places.map(async (place) => {
        const view = suite.view(runs);
        await suite.say(place, person, view.url);
        return { place, view, card: await suite.card(place, /Running/, view) };
      }),
    );
  };

  it('by “sign out” is told truthfully, shows in every conversation, and asks Entra ID for nothing more', async () => {
    const chat = personalChat(ada);
    const [group, thread] = [groupChat([ada, benno]), channelThread([ada, benno])];
    const started = await runningIn(ada, [chat, group, thread]);
    await suite.say(group, ada, 'sign out');
    await suite.card(group, /You are signed out[^]*3 exports wait/);
    await suite.card(chat, /You are signed out[^]*this export waits/, started[0]?.view);
    for (const { place, view } of started.slice(1)) await suite.card(place, /Waiting for a sign-in/, view);
    const asked = exchangesOf(ada);
    for (const { place, card } of started)
      await suite.press(place, ada, { verb: 'refresh', exportId: exportIdOf(card) }, card.id);
    assert.equal(exchangesOf(ada), asked);
    for (const { place } of started) assert.deepEqual(promptsIn(place), [], 'nobody is nagged');
    await suite.say(chat, ada, 'sign out');
    await suite.card(chat, /You were not signed in/);
    const { calls } = suite.world().entra;
    assert.ok(!calls.some(({ path }) => /logout|signout|revoke/i.test(path)), 'Teams’ own sign-in stays');
    // Signing in again in one place goes on everywhere.
    const [first] = started;
    assert.ok(first);
    await suite.press(chat, ada, { verb: 'resume', exportId: exportIdOf(first.card) }, first.card.id);
    await channel().silentSso(chat, ada, await suite.prompt(chat));
    for (const { place, view, card } of started)
      assert.equal((await suite.card(place, /Running/, view)).id, card.id);
  });

  it('by removing the personal app forgets the person; their exports elsewhere wait and say so', async () => {
    const [chat, group] = [personalChat(benno), groupChat([benno, cleo])];
    const [, there] = await runningIn(benno, [chat, group]);
    assert.ok(there);
    const said = channel()
      .messages(chat.id)
      .flatMap(({ versions }) => versions).length;
    assert.equal((await channel().install(chat, benno, 'remove')).status, 200);
    await suite.card(group, /Waiting for a sign-in/, there.view);
    assert.equal(
      channel()
        .messages(chat.id)
        .flatMap(({ versions }) => versions).length,
      said,
    );
    await suite.press(group, benno, { verb: 'resume', exportId: exportIdOf(there.card) }, there.card.id);
    await channel().silentSso(group, benno, await suite.prompt(group));
    await suite.card(group, /Running/, there.view);
  });

  it('by removing the bot from a team or a group signs nobody out', async () => {
    const [chat, thread] = [personalChat(cleo), channelThread([cleo, dario])];
    const [here] = await runningIn(cleo, [chat, thread]);
    assert.ok(here);
    await channel().install(thread, cleo, 'remove');
    const list = await suite.press(chat, cleo, { verb: 'list' });
    assert.doesNotMatch(list.words, /need your sign-in/);
    assert.equal((await suite.card(chat, /Running/, here.view)).id, here.card.id);
    const next = suite.view(readyAtOnce);
    await suite.say(chat, cleo, next.url);
    await suite.card(chat, /Your file is ready/, next);
    assert.deepEqual(promptsIn(chat), []);
  });

  it('while a prompt stands takes the prompt back, and a late answer to it signs nobody in', async () => {
    const chat = personalChat(dario);
    const view = suite.view(runs);
    await suite.say(chat, dario, view.url);
    const prompt = await suite.prompt(chat);
    await suite.say(chat, dario, 'sign out');
    await channel().until(() => (promptsIn(chat).length === 0 ? true : undefined));
    const before = exchangesOf(dario);
    const first = prompt.versions[0];
    assert.ok(first);
    const late = { ...prompt, versions: [first] };
    assert.equal((await channel().silentSso(chat, dario, late)).status, 412);
    assert.equal((await channel().signInByButton(late, dario)).status, 404);
    assert.equal((await channel().signInFailure(chat, dario, 'invokeerror')).status, 200);
    assert.equal(exchangesOf(dario), before);
    await suite.card(chat, /You were not signed in[^]*One export waits/);
    assert.deepEqual(promptsIn(chat), []);
    await suite.say(chat, dario, view.url);
    assert.equal((await channel().silentSso(chat, dario, await suite.prompt(chat))).status, 200);
    await suite.card(chat, /Running/, view);
  });
});
