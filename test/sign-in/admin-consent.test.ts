// An administrator's consent: who waits for it gets a link to forward, and everybody goes on once it is given.
import assert from 'node:assert/strict';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { sandboxPeople, sandboxTenantId } from '../../src/sandbox/chat/people.ts';
import { runs, useAppWorld } from '../support/app/app-suite.ts';
import { visit } from '../support/servers/browser-visit.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const [one, two] = sandboxPeople;
assert.ok(two);

describe('an administrator’s consent', () => {
  const suite = useAppWorld();
  const standing = (person: Person) =>
    suite
      .world()
      .channel.messages(personalChat(person).id)
      .filter((each) => oauthCardOf(latest(each)) !== undefined);
  const ssoClient = (): string => suite.world().variables['AAD_APP_CLIENT_ID'] ?? '';

  it('E1 missing is told with a link to forward, a page that says so, and everybody goes on by themselves', async () => {
    const { channel, entra } = suite.world();
    entra.setAdminConsent(sandboxTenantId, ssoClient(), false);
    const views = [suite.view(runs), suite.view(runs)] as const;
    for (const [person, view] of [
      [one, views[0]],
      [two, views[1]],
    ] as const) {
      const chat = personalChat(person);
      await suite.say(chat, person, view.url);
      const prompt = await suite.prompt(chat);
      assert.equal((await channel.silentSso(chat, person, prompt)).status, 412);
      await suite.card(chat, /An administrator must allow this/, view);
      await channel.until(() => standing(person).length === 0);
    }
    const card = await suite.card(personalChat(one), /An administrator must allow this/, views[0]);
    const link = /https?:\/\/\S*adminconsent\S*/.exec(wordsOf(cardOf(latest(card))))?.[0] ?? '';
    const url = new URL(link);
    assert.equal(url.searchParams.get('client_id'), ssoClient());
    const foreign = new URL(`${suite.world().publicUrl}/auth/consented`);
    foreign.search = new URLSearchParams({ admin_consent: 'True', tenant: sandboxTenantId }).toString();
    assert.match(
      await (await fetch(foreign)).text(),
      /Check again/,
      'a visit that is none of ours starts nothing',
    );
    const declined = await visit(`${link}&answer=decline`, one);
    assert.match(declined.html, /was not allowed/);
    const page = await visit(`${link}&answer=accept`, one);
    assert.match(page.html, /The app is allowed/);
    for (const [person, view] of [
      [one, views[0]],
      [two, views[1]],
    ] as const) {
      // Nobody had tokens yet: Teams signs them in silently, now that it can.
      const chat = personalChat(person);
      const again = await channel.nextActivity(
        (each) =>
          each.conversationId === chat.id && oauthCardOf(latest(each))?.tokenExchangeResource !== undefined,
      );
      assert.equal((await channel.silentSso(chat, person, again)).status, 200);
      await suite.card(chat, /Running/, view);
      await channel.until(() => (standing(person).length === 0 ? true : undefined));
    }
  });
});
