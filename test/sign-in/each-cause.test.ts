// Each reason to ask for a sign-in has its own words and its own next step, and none asks more than once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { entraError } from '../../src/sandbox/entra/entra-errors.ts';
import type { Person } from '../../src/sandbox/chat/people.ts';
import { sandboxPeople, sandboxTenantId } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, useAppWorld, type View } from '../support/app/app-suite.ts';
import { openExports } from '../support/app/open-exports.ts';
import { cardOf, latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { KeptActivity } from '../support/teams/connector-api.ts';
import { personalChat } from '../support/teams/teams-places.ts';

const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const challenge = {
  status: 401,
  body: { error: { code: 'InvalidAuthenticationToken', message: 'Continuous access evaluation' } },
  headers: {
    'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  },
};

for (const source of openExports)
  describe(`each reason to ask, for ${source.product}`, () => {
    const { op, goesOn, paste } = source;
    const extra = ['Gerd', 'Hilla', 'Ilse'].map((name): Person => ({
      oid: randomUUID(),
      tid: sandboxTenantId,
      name: `${name} Sample`,
      userPrincipalName: `${name.toLowerCase()}@sandbox.example`,
    }));
    const [first, ...others] = sandboxPeople;
    const suite = useAppWorld({ people: [first, ...others, ...extra] });
    const people = [first, ...others, ...extra];
    const signedIn = new Set<Person>();
    /** Somebody fresh for each test. */
    const somebody = (): Person => people.shift() ?? assert.fail('nobody is left');
    const promptsOf = (person: Person): readonly KeptActivity[] =>
      suite
        .world()
        .channel.messages(personalChat(person).id)
        .filter(({ versions }) => versions.some((version) => oauthCardOf(version) !== undefined));
    const standing = (person: Person) =>
      promptsOf(person).filter((one) => oauthCardOf(latest(one)) !== undefined);
    const ssoClient = (): string => suite.world().variables['AAD_APP_CLIENT_ID'] ?? '';

    /** An open export, of somebody who is signed in. */
    const open = async (person: Person): Promise<{ view: View; card: KeptActivity }> => {
      if (!signedIn.has(person)) await source.signIn(suite, person);
      signedIn.add(person);
      const view = await paste(suite, person);
      return { view, card: await source.card(suite, person, view) };
    };
    const look = (person: Person, card: KeptActivity): Promise<void> => source.look(suite, person, card);
    /** Graph takes the access token no more, so that it has to be renewed. */
    const expire = (person: Person): void => {
      suite
        .world()
        .graph.script({ match: { op, user: person.oid }, times: 1, respond: { status: 401, body: {} } });
    };
    const newPrompt = (person: Person, old: readonly KeptActivity[]) =>
      suite.prompt(personalChat(person), old);

    const dead = [
      ['E4 an expired refresh token', 'refreshExpired'],
      ['E4 a revoked one, as after a changed password', 'refreshRevoked'],
      ['E4 a sign-in that is too old for the organisation', 'signInTooOld'],
      ['E9 a number that nobody knows', 'unknownNumber'],
    ] as const;
    describe('the sign-in is over', () => {
      const person = somebody();
      for (const [what, error] of dead) {
        it(`${what}: asks once, silently where Teams can, and goes on in the same card`, async () => {
          const { channel, entra } = suite.world();
          const { view, card } = await open(person);
          const old = promptsOf(person);
          expire(person);
          const rule = entra.script({
            match: { op: 'token', about: { grant: 'refresh' } },
            times: 1,
            respond: entraError(error),
          });
          await look(person, card);
          const prompt = await newPrompt(person, old);
          rule.remove();
          assert.ok(oauthCardOf(latest(prompt))?.tokenExchangeResource);
          await suite.card(personalChat(person), /Waiting for your sign-in/, view);
          await look(person, card);
          assert.equal(standing(person).length, 1);
          assert.equal((await channel.silentSso(personalChat(person), person, prompt)).status, 200);
          assert.equal((await suite.card(personalChat(person), goesOn, view)).id, card.id);
        });
      }
    });

    it('E2 conditional access: a button, with the claims that Entra ID wants, and words of its own', async () => {
      const person = somebody();
      const { entra } = suite.world();
      const { view, card } = await open(person);
      const old = promptsOf(person);
      expire(person);
      const rule = entra.script({
        match: { op: 'token', user: person.oid },
        respond: entraError('interactionRequired', { claims }),
      });
      await look(person, card);
      const prompt = await newPrompt(person, old);
      assert.equal(oauthCardOf(latest(prompt))?.tokenExchangeResource, undefined);
      assert.match(JSON.stringify(latest(prompt)), /Your organisation asks you to sign in again/);
      await suite.card(personalChat(person), /Your organisation asks you to sign in again/, view);
      rule.remove();
      assert.equal((await suite.world().channel.signInByButton(prompt, person)).status, 200);
      const asked = entra.calls.findLast(({ op, user }) => op === 'authorize' && user === person.oid);
      assert.match(asked?.about['claims'] ?? '', /acrs/);
      await suite.card(personalChat(person), goesOn, view);
      await suite.world().channel.until(() => standing(person).length === 0);
    });

    it('G1 Graph refuses the token: renewed without a word, and only a second refusal asks', async () => {
      const person = somebody();
      const { graph, channel } = suite.world();
      const { view, card } = await open(person);
      const refuse = { match: { op, user: person.oid }, respond: { status: 401, body: {} } };
      const old = promptsOf(person);
      graph.script({ ...refuse, times: 1 });
      await look(person, card);
      await suite.card(personalChat(person), goesOn, view);
      assert.equal(standing(person).length, 0);
      const again = await open(person);
      graph.script({ ...refuse, times: 2 });
      await look(person, again.card);
      const prompt = await newPrompt(person, old);
      assert.equal((await channel.silentSso(personalChat(person), person, prompt)).status, 200);
      await suite.card(personalChat(person), goesOn, again.view);
    });

    it('G2 Graph challenges: the claims reach the renewal, then the person, and never go round', async () => {
      const person = somebody();
      const { graph, entra, channel } = suite.world();
      const first = await open(person);
      const old = promptsOf(person);
      graph.script({ match: { op, user: person.oid }, times: 1, respond: challenge });
      await look(person, first.card);
      await entra.until(() =>
        entra.calls.some(
          ({ op, user, about }) =>
            op === 'token' && user === person.oid && /acrs/.test(about['claims'] ?? ''),
        ),
      );
      await suite.card(personalChat(person), goesOn, first.view);
      assert.equal(standing(person).length, 0, 'the renewal satisfied Graph');
      const { view, card } = await open(person);
      graph.script({ match: { op, user: person.oid }, times: 2, respond: challenge });
      await look(person, card);
      const prompt = await newPrompt(person, old);
      assert.match(JSON.stringify(latest(prompt)), /sign in again/);
      await look(person, card);
      await look(person, card);
      assert.equal(standing(person).length, 1);
      assert.equal((await channel.signInByButton(prompt, person)).status, 200);
      await suite.card(personalChat(person), goesOn, view);
    });

    it('E6 a disabled account: purged, asked for nothing, and the card waits', async () => {
      const person = somebody();
      const { entra, channel } = suite.world();
      const { view, card } = await open(person);
      entra.setState(person.oid, 'disabled');
      expire(person);
      await look(person, card);
      await suite.card(personalChat(person), /this export waits/, view);
      const tokensAsked = () =>
        entra.calls.filter(({ op, user }) => op === 'token' && user === person.oid).length;
      const asked = tokensAsked();
      await look(person, card);
      assert.equal(tokensAsked(), asked);
      assert.equal(standing(person).length, 0);
      entra.setState(person.oid, 'active');
      await suite.press(
        personalChat(person),
        person,
        { verb: 'resume', exportId: exportIdOf(card) },
        card.id,
      );
      const prompt = await suite.prompt(personalChat(person));
      assert.equal((await channel.silentSso(personalChat(person), person, prompt)).status, 200);
      await suite.card(personalChat(person), goesOn, view);
    });

    it('E5 a wrong secret: the operator is told in the log, the person that it is not theirs to mend', async () => {
      const person = somebody();
      const { entra, channel } = suite.world();
      const chat = personalChat(person);
      const wrong = entra.script({
        match: { op: 'token', about: { client: ssoClient() } },
        respond: entraError('secretWrong'),
      });
      const view = await paste(suite, person);
      const prompt = await suite.prompt(chat);
      assert.equal((await channel.silentSso(chat, person, prompt)).status, 412);
      const card = await suite.card(chat, /own sign-in does not work/, view);
      await channel.until(() => channel.activity(prompt.id).deleted);
      assert.match(suite.world().logged(), /Entra ID refuses this app: check AAD_APP_CLIENT_ID/);
      assert.doesNotMatch(wordsOf(cardOf(latest(card))), /you did|your fault|wrong password/i);
      wrong.remove();
      await suite.press(chat, person, { verb: 'resume', exportId: exportIdOf(card) }, card.id);
      const again = await newPrompt(person, [prompt]);
      assert.equal((await channel.silentSso(chat, person, again)).status, 200);
      await suite.card(chat, goesOn, view);
    });
  });
