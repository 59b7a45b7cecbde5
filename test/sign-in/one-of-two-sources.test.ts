// A tenant that grants one of the sources works with that one, and a person allows by themselves what they may allow.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { planScenarios } from '../../src/sandbox/planner/plan-scenarios.ts';
import { planner } from '../../src/sources/planner/planner-source.ts';
import { goals } from '../../src/sources/goals/goals-source.ts';
import { runsInPeace, useAppWorld } from '../support/app/app-suite.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const [festival] = planScenarios;
const namesOf = ({ scopes }: { readonly scopes: readonly string[] }): readonly string[] =>
  scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));

describe('one of two sources', () => {
  /** Each in an organisation of their own, which decides for itself. */
  const someone = (name: string): Person => ({
    oid: randomUUID(),
    tid: randomUUID(),
    name: `${name} Sample`,
    userPrincipalName: `${name.toLowerCase()}@sandbox.example`,
  });
  const people = ['Alma', 'Bruno', 'Cleo', 'Dora', 'Emil', 'Fina', 'Greta'].map(someone);
  const [first, ...others] = people;
  assert.ok(first);
  const suite = useAppWorld({ people: [first, ...others] });
  const somebody = (
    granted: readonly string[],
    { allowThemselves = false }: { readonly allowThemselves?: boolean } = {},
  ): Person => {
    const person = people.shift() ?? assert.fail('nobody is left');
    const { entra, variables } = suite.world();
    entra.setAdminConsent(person.tid, variables['AAD_APP_CLIENT_ID'] ?? '', granted);
    entra.setPersonConsent(person.tid, allowThemselves);
    return person;
  };
  const standing = (person: Person): readonly KeptActivity[] =>
    suite
      .world()
      .channel.messages(personalChat(person).id)
      .filter((one) => oauthCardOf(latest(one)) !== undefined);
  const saidTo = (person: Person): string =>
    suite
      .world()
      .channel.messages(personalChat(person).id)
      .flatMap(({ versions }) => versions.map((one) => `${one.text ?? ''} ${wordsOf(cardOf(one))}`))
      .join('\n');
  const aPlan = /Orchard festival[^]*24[^]*tasks/i;

  it('is signed in by `sign in` alone where the living one is allowed, silently', async () => {
    const person = somebody(namesOf(planner));
    const chat = personalChat(person);
    await suite.say(chat, person, 'sign in');
    const answer = await suite.world().channel.silentSso(chat, person, await suite.prompt(chat));
    assert.equal(answer.status, 200);
    await suite.world().channel.until(() => standing(person).length === 0);
    assert.doesNotMatch(saidTo(person), /administrator/i);
  });

  it('is signed in by `sign in` alone where only the older one is allowed', async () => {
    const person = somebody(namesOf(goals));
    const chat = personalChat(person);
    await suite.say(chat, person, 'sign in');
    const answer = await suite.world().channel.silentSso(chat, person, await suite.prompt(chat));
    assert.equal(answer.status, 200);
    await suite.world().channel.until(() => standing(person).length === 0);
  });

  it('exports the plan of a message with both where plans are allowed, and says what the view needs', async () => {
    const person = somebody(namesOf(planner));
    const chat = personalChat(person);
    const view = suite.view(runsInPeace);
    await suite.say(chat, person, `${view.url} ${festival.url}`);
    assert.equal((await suite.world().channel.silentSso(chat, person, await suite.prompt(chat))).status, 200);
    await suite.card(chat, aPlan);
    await suite.card(chat, /An administrator must allow this[^]*Goals-Export/, view);
    // What an administrator has to decide is no question to somebody who is signed in.
    await suite.say(chat, person, 'list');
    await suite.card(chat, /Your exports/);
    assert.equal(standing(person).length, 0);
  });

  it('exports the view of a message with both where views are allowed, and says what the plan needs', async () => {
    const person = somebody(namesOf(goals));
    const chat = personalChat(person);
    const view = suite.view(runsInPeace);
    await suite.say(chat, person, `${festival.url} ${view.url}`);
    const answer = await suite.world().channel.silentSso(chat, person, await suite.prompt(chat));
    assert.equal(answer.status, 200);
    await suite.card(chat, /Running/, view);
  });

  it('comes by the button to the one that is allowed, where Teams signs nobody in silently', async () => {
    const person = somebody(namesOf(goals));
    const { channel } = suite.world();
    const chat = personalChat(person);
    const view = suite.view(runsInPeace);
    await suite.say(chat, person, `${festival.url} ${view.url}`);
    const prompt = await suite.prompt(chat);
    const first = await channel.signInByButton(prompt, person);
    assert.match(first.html, /An administrator has to allow this first/);
    await suite.card(chat, /An administrator must allow this[^]*plan/);
    const second = await channel.signInByButton(prompt, person);
    assert.match(second.html, /You are signed in/);
    await suite.card(chat, /Running/, view);
  });

  it('asks the person, and no administrator, for what a person may allow', async () => {
    const person = somebody([], { allowThemselves: true });
    const { channel } = suite.world();
    const chat = personalChat(person);
    await suite.say(chat, person, festival.url);
    const prompt = await suite.prompt(chat);
    assert.equal((await channel.silentSso(chat, person, prompt)).status, 412);
    const button = await channel.nextActivity(
      (one) => one.conversationId === chat.id && /Sign in and allow/.test(JSON.stringify(latest(one))),
    );
    assert.match((await channel.signInByButton(button, 'decline')).html, /You did not sign in/);
    const page = await channel.signInByButton(button, person);
    assert.match(page.html, /You are signed in/);
    await suite.card(chat, aPlan);
    assert.doesNotMatch(saidTo(person), /administrator/i);
  });

  it('is one more question to somebody who has signed in for the other, whose export goes on meanwhile', async () => {
    const person = somebody(namesOf(goals), { allowThemselves: true });
    const { channel, graph } = suite.world();
    const chat = personalChat(person);
    const view = suite.view(runsInPeace);
    await suite.say(chat, person, view.url);
    await channel.silentSso(chat, person, await suite.prompt(chat));
    const running = await suite.card(chat, /Running/, view);
    await suite.say(chat, person, festival.url);
    const prompt = await suite.prompt(chat);
    assert.match(JSON.stringify(latest(prompt)), /Sign in and allow/);
    await suite.finish(chat, person, running, await suite.jobOf(view));
    await suite.card(chat, /average progress/, view);
    assert.equal(standing(person).length, 1);
    assert.match((await channel.signInByButton(prompt, person)).html, /You are signed in/);
    await suite.card(chat, aPlan);
    await channel.until(() => standing(person).length === 0);
    assert.equal(graph.jobs().filter(({ oid }) => oid === person.oid).length, 1);
  });
});
