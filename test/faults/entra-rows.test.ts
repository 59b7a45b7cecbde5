// The rows E of the fault table: the sign-in, and what its person sees.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { entraError } from '../../src/sandbox/entra/entra-errors.ts';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import type { Scene } from '../support/app/fault-rows.ts';
import { useFaultRows } from '../support/app/fault-rows.ts';
import { latest, oauthCardOf } from '../support/teams/card-search.ts';
import { readyAtOnce, runs } from '../support/app/app-suite.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const ready = /Your file is ready/;

describe('faults of Entra ID', () => {
  const { row, suite } = useFaultRows();

  const renewals = ({ suite: { world }, person }: Scene) =>
    world().entra.calls.filter(
      ({ op, user, about }) => op === 'token' && user === person.oid && about['grant'] === 'refresh',
    );

  row('E1 asks for the permission once, with a link to copy, and goes on after it', async (scene) => {
    await scene.signIn();
    await scene.paste();
    const card = await scene.card(/An administrator must allow this[^]*adminconsent/);
    assert.equal(renewals(scene).length, 1);
    await scene.press('resume', card);
    await scene.card(ready);
  });

  row('E2 takes the claims to the sign-in, and answers a silent exchange with 412', async (scene) => {
    const { entra, channel } = scene.suite.world();
    await scene.signIn();
    await scene.paste();
    await scene.card(/Your organisation asks you to sign in again/);
    const prompt = await scene.suite.prompt(scene.chat);
    entra.script({
      match: { op: 'token', user: scene.person.oid, about: { grant: 'obo' } },
      times: 1,
      respond: entraError('interactionRequired'),
    });
    const token = await entra.mintSsoToken({
      user: scene.person,
      audience: scene.suite.world().variables['AAD_APP_CLIENT_ID'] ?? '',
    });
    const exchange = { id: 'none', connectionName: 'none', token };
    const answered = await channel.invoke(
      scene.chat,
      scene.person,
      'signin/tokenExchange',
      exchange,
      prompt.id,
    );
    assert.equal(answered.status, 412);
    await scene.signInAgain();
    const asked = entra.calls.findLast(({ op, user }) => op === 'authorize' && user === scene.person.oid);
    assert.match(asked?.about['claims'] ?? '', /acrs/);
    await scene.card(ready);
  });

  row('E4 purges a revoked sign-in and asks for a new one; the export stays open', async (scene) => {
    await scene.signIn();
    await scene.paste();
    await scene.card(/Waiting for your sign-in/);
    await scene.signInAgain();
    await scene.card(ready);
    assert.equal(renewals(scene).length, 1, 'what was revoked is not tried again');
    assert.equal(scene.jobs().length, 1);
  });

  row('E5 tells the operator, pauses the export, and goes on once a token succeeds', async (scene) => {
    await scene.signIn();
    await scene.paste();
    const card = await scene.card(/my own sign-in does not work[^]*Please tell your administrator/);
    assert.notEqual(scene.logged('Entra ID refuses this app: check AAD_APP_CLIENT_ID').length, 0);
    assert.equal(scene.prompts().length, 0);
    await scene.press('resume', card);
    await scene.card(ready);
    assert.equal(scene.jobs().length, 1);
  });

  row('E6 purges the tokens of a disabled account and asks for nothing', async (scene) => {
    await scene.signIn();
    // Another export is followed meanwhile: it finds the purged tokens.
    const other = scene.suite.view(runs);
    await scene.suite.say(scene.chat, scene.person, other.url);
    await scene.suite.card(scene.chat, /Running/, other);
    await scene.paste();
    const card = await scene.card(/this export waits/);
    await scene.suite.card(scene.chat, /this export waits/, other);
    // Whatever asked at the same moment is over by then.
    await pause(6_000);
    assert.equal(scene.prompts().length, 0);
    await scene.press('resume', card);
    const { channel } = scene.suite.world();
    await channel.silentSso(scene.chat, scene.person, await scene.suite.prompt(scene.chat));
    await scene.card(ready);
  });

  row('E8 waits while Entra ID is out of order or busy, in silence', async (scene) => {
    await scene.signIn();
    await scene.paste();
    const card = await scene.card(ready);
    assert.equal(scene.prompts().length, 0);
    assert.ok(renewals(scene).length >= 2);
    for (const version of card.versions) assert.doesNotMatch(JSON.stringify(version), /can’t reach|Sign in/);
  });

  row('E9 goes by the words of an unknown refusal, not by its number', async (scene) => {
    await scene.signIn();
    await scene.paste();
    await scene.card(/Waiting for your sign-in/);
    assert.ok(scene.logged('9999999').some((line) => line.includes('correlationId')));
    await scene.signInAgain();
    await scene.card(ready);
  });

  it('E9 shows the correlation id to whom the browser’s sign-in is refused', async () => {
    const { entra, channel } = suite.world();
    const [, benno] = sandboxPeople;
    assert.ok(benno);
    const chat = personalChat(benno);
    await suite.say(chat, benno, suite.view(readyAtOnce).url);
    const refusal = entraError('unknownNumber');
    const rule = entra.script({
      match: { op: 'token', user: benno.oid, about: { grant: 'code' } },
      respond: refusal,
    });
    const { status, html } = await channel.signInByButton(await suite.prompt(chat), benno);
    rule.remove();
    assert.equal(status, 400);
    assert.match(html, /Microsoft did not accept this sign-in/);
    const { correlation_id: id } = refusal.body as { correlation_id: string };
    assert.ok(html.includes(id), 'it is Microsoft’s own');
  });

  for (const error of ['assertionInvalid', 'assertionExpired'] as const)
    it(`E3 tries what it holds when the assertion is ${error}, and else asks; the export stays open`, async () => {
      const { entra, channel } = suite.world();
      const person = sandboxPeople[error === 'assertionInvalid' ? 2 : 3];
      assert.ok(person);
      const chat = personalChat(person);
      const view = suite.view(readyAtOnce);
      await suite.say(chat, person, view.url);
      const prompt = await suite.prompt(chat);
      entra.script({
        match: { op: 'token', user: person.oid, about: { grant: 'obo' } },
        times: 1,
        respond: entraError(error),
      });
      assert.equal(
        (await channel.silentSso(chat, person, prompt)).status,
        412,
        'Teams falls back to the button',
      );
      const standing = await suite.prompt(chat);
      assert.equal(standing.id, prompt.id, 'the same message offers the button');
      assert.ok(oauthCardOf(latest(standing)));
      assert.equal((await channel.signInByButton(standing, person)).status, 200);
      await suite.card(chat, ready, view);
    });

  it('E7 answers somebody of another organisation once, stores nothing, and asks for no sign-in', async () => {
    const { channel } = suite.world();
    const stranger = {
      oid: randomUUID(),
      tid: randomUUID(),
      name: 'Nobody Sample',
      userPrincipalName: 'nobody@elsewhere.example',
    };
    const chat = personalChat(stranger);
    await suite.say(chat, stranger, suite.view(readyAtOnce).url);
    await suite.text(chat, /This bot is not set up for your organisation/);
    assert.equal(channel.messages(chat.id).length, 1);
  });
});
