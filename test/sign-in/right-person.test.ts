// Only the person who was asked can answer: foreign tokens and codes are refused, guests are at home, strangers are turned away.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sandboxPeople, sandboxTenantId, type Person } from '../../src/sandbox/chat/people.ts';
import { runs, useAppWorld } from '../support/app/app-suite.ts';
import { openExports } from '../support/app/open-exports.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import { groupChat, personalChat } from '../support/teams/teams-places.ts';

const [ada, benno] = sandboxPeople;
assert.ok(benno);
const home = { oid: randomUUID(), tid: randomUUID() };
const guest: Person = {
  oid: randomUUID(),
  tid: sandboxTenantId,
  name: 'Gustl Visitor',
  userPrincipalName: 'gustl_elsewhere.example#EXT#@sandbox.example',
  home,
};

describe('the right person', () => {
  const suite = useAppWorld({ people: [ada, benno, guest] });
  const audience = (): string => suite.world().variables['AAD_APP_CLIENT_ID'] ?? '';

  it('is who the SSO token names: a foreign one is refused, and the button still works', async () => {
    const { channel, entra } = suite.world();
    const chat = personalChat(ada);
    const view = suite.view(runs);
    await suite.say(chat, ada, view.url);
    const prompt = await suite.prompt(chat);
    const foreign = [
      await entra.mintSsoToken({ user: benno, audience: audience() }),
      await entra.mintSsoToken({ user: ada, audience: audience(), claims: { tid: randomUUID() } }),
      await entra.mintSsoToken({ user: ada, audience: audience(), claims: { oid: randomUUID() } }),
      await entra.mintSsoToken({ user: ada, audience: randomUUID() }),
    ];
    for (const [nth, token] of foreign.entries()) {
      const { status, body } = await channel.silentSso(chat, ada, prompt, { id: `try ${nth}`, token });
      assert.equal(status, 412);
      const said = JSON.stringify(body);
      assert.match(said, /not one of the person who was asked/);
      for (const { name, oid } of [ada, benno]) assert.ok(!said.includes(name) && !said.includes(oid));
    }
    assert.equal(entra.calls.filter(({ about }) => about['grant'] === 'obo').length, 0, 'none was exchanged');
    const page = await channel.signInByButton(prompt, benno);
    assert.equal(page.status, 403);
    assert.match(page.html, /another account/);
    for (const { name, oid, userPrincipalName } of [ada, benno])
      for (const word of [name, oid, userPrincipalName]) assert.ok(!page.html.includes(word), word);
    assert.equal((await channel.signInByButton(prompt, ada)).status, 200);
    const job = await suite.jobOf(view);
    assert.equal(job.oid, ada.oid);
    assert.equal(
      entra.calls.some(
        ({ op, user, about }) => op === 'token' && user === benno.oid && about['grant'] === 'refresh',
      ),
      false,
      'nothing of the other account was kept',
    );
  });

  for (const [nth, { product, paste, goesOn, op }] of openExports.entries())
    it(`may be a guest, for ${product}: their account lives elsewhere, and what msal calls it is what renews it`, async () => {
      const { channel, entra, graph } = suite.world();
      const chat = personalChat(guest);
      entra.setAccessTokenSeconds(1);
      const view = await paste(suite, guest);
      if (nth === 0) await channel.silentSso(chat, guest, await suite.prompt(chat));
      await suite.card(chat, goesOn, view);
      await suite.world().restart();
      const renewals = (): number =>
        entra.calls.filter(({ user, about }) => user === guest.oid && about['grant'] === 'refresh').length;
      const before = renewals();
      const again = await paste(suite, guest);
      await suite.card(chat, goesOn, again);
      assert.ok(renewals() > before);
      const list = await suite.press(chat, guest, { verb: 'list' });
      assert.doesNotMatch(list.words, /need your sign-in/);
      assert.equal(
        channel.messages(chat.id).some((one) => oauthCardOf(latest(one)) !== undefined),
        false,
        'they are asked once',
      );
      const asked = graph.calls.filter((call) => call.op === op && call.user === guest.oid);
      assert.ok(asked.length > 0);
      entra.setAccessTokenSeconds(3600);
    });

  it('from an organisation that is not served is told so, wherever they speak, and is asked nothing', async () => {
    const { channel, entra } = suite.world();
    const stranger: Person = { ...ada, oid: randomUUID(), tid: randomUUID(), name: 'Nobody Served' };
    const chat = personalChat(stranger);
    await suite.say(chat, stranger, suite.view(runs).url);
    await suite.text(chat, /not set up for your organisation/);
    const token = await entra.mintSsoToken({ user: stranger, audience: audience() });
    const exchange = { id: randomUUID(), connectionName: 'goals-graph', token };
    assert.equal((await channel.invoke(chat, stranger, 'signin/tokenExchange', exchange)).status, 412);
    assert.equal((await channel.verifyState(chat, stranger, 'any')).status, 404);
    assert.match((await suite.press(chat, stranger, { verb: 'list' })).words, /not set up/);
    assert.equal(channel.messages(chat.id).length, 1);
  });

  it('is the only one who learns why: in a group the prompt and the card say whose turn it is and no more', async () => {
    const { channel, entra, variables } = suite.world();
    const group = groupChat([ada, benno]);
    entra.setAdminConsent(sandboxTenantId, variables['AAD_APP_CLIENT_ID'] ?? '', false);
    await suite.say(group, benno, suite.view(runs).url);
    const prompt = await suite.prompt(group);
    const page = await channel.signInByButton(prompt, benno);
    assert.match(page.html, /administrator/);
    assert.equal((await channel.silentSso(group, benno, prompt)).status, 412);
    const card = await suite.card(group, /Waiting for a sign-in/);
    const shown = await suite.press(group, benno, { verb: 'view', exportId: exportIdIn(card) }, card.id);
    assert.match(shown.words, /An administrator must allow this/);
    const said = JSON.stringify(channel.messages(group.id).map(({ versions }) => versions));
    assert.doesNotMatch(
      said,
      /administrator|consent|permission|allow|policy|sign in again|organisation asks/i,
    );
    assert.match(JSON.stringify(latest(prompt)), /I need a sign-in from Benno Quarz/);
    entra.setAdminConsent(sandboxTenantId, variables['AAD_APP_CLIENT_ID'] ?? '', true);
  });
});

const exportIdIn = (activity: object): string =>
  /"subject":\{"kind":"export","id":"([\w-]+)"/.exec(JSON.stringify(activity))?.[1] ?? '';
