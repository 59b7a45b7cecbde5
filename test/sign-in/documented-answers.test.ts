// What Teams is answered in each kind of conversation: silent exchange, end of the page, failures, and buttons that need a sign-in.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../src/sandbox/chat/people.ts';
import { exportIdOf, readyAtOnce, runs, useAppWorld } from '../support/app/app-suite.ts';
import { latest, oauthCardOf, wordsOf } from '../support/teams/card-search.ts';
import type { TurnAnswer } from '../support/teams/teams-channel.ts';
import type { Place } from '../support/teams/teams-places.ts';
import { channelThread, groupChat, personalChat } from '../support/teams/teams-places.ts';

const [ada, benno, cleo, dario, edda, farid] = sandboxPeople;
assert.ok(benno && cleo && dario && edda && farid);

type InBody = Readonly<{ statusCode: number; type: string; value: Record<string, unknown> }>;
const inBody = (answer: TurnAnswer): InBody => {
  assert.equal(answer.status, 200, 'the real status is in the body');
  return answer.body as InBody;
};
const vnd = (name: string): string => `application/vnd.microsoft.${name}`;

describe('what Teams is answered', () => {
  const suite = useAppWorld();
  const channel = () => suite.world().channel;
  const nonceIn = (html: string): string => /data-nonce="([\w-]+)"/.exec(html)?.[1] ?? '';
  const promptsIn = (place: Place) =>
    channel()
      .messages(place.id)
      .filter((one) => oauthCardOf(latest(one)) !== undefined);

  it('to a silent exchange in a personal chat: 200 with its id and connection', async () => {
    const chat = personalChat(ada);
    await suite.say(chat, ada, suite.view(runs).url);
    const prompt = await suite.prompt(chat);
    const { connectionName, tokenExchangeResource } = oauthCardOf(latest(prompt)) ?? {};
    const { status, body } = await channel().silentSso(chat, ada, prompt);
    assert.deepEqual([status, body], [200, { id: tokenExchangeResource?.id, connectionName }]);
  });

  it('to a silent exchange in a group chat: the same, for the person who was asked and for nobody else', async () => {
    const group = groupChat([ada, benno, cleo]);
    const view = suite.view(runs);
    await suite.say(group, benno, view.url);
    const prompt = await suite.prompt(group);
    const words = JSON.stringify(latest(prompt));
    assert.match(words, /I need a sign-in from Benno Quarz/);
    // Every member's Teams sees the card and may try.
    const others = await channel().silentSso(group, cleo, prompt);
    assert.equal(others.status, 412);
    assert.equal(
      suite.world().entra.calls.some(({ op, user }) => op === 'token' && user === cleo.oid),
      false,
      'nobody is signed in who was not asked',
    );
    assert.equal((await channel().silentSso(group, benno, prompt)).status, 200);
    await suite.card(group, /Running/, view);
  });

  it('in a channel: nothing to exchange, and the page’s end is verified once, for that person', async () => {
    const thread = channelThread([cleo, dario]);
    const view = suite.view(runs);
    await suite.say(thread, cleo, view.url);
    const prompt = await suite.prompt(thread);
    assert.equal(oauthCardOf(latest(prompt))?.tokenExchangeResource, undefined);
    const page = await channel().signInByButton(prompt, cleo);
    assert.equal(page.status, 200);
    const nonce = nonceIn(page.html);
    assert.equal((await channel().verifyState(thread, dario, nonce)).status, 404);
    assert.equal((await channel().verifyState(thread, cleo, nonce)).status, 200);
    assert.equal((await channel().verifyState(thread, cleo, nonce)).status, 404);
    assert.equal((await channel().verifyState(thread, cleo, 'made-up')).status, 404);
    await suite.card(thread, /Running/, view);
  });

  const codes = [
    'installappfailed',
    'authrequestfailed',
    'installedappnotfound',
    'invokeerror',
    'resourcematchfailed',
    'oauthcardnotvalid',
    'tokenmissing',
    'userconsentrequired',
    'interactionrequired',
  ];
  for (const code of codes) {
    it(`to the failure ${code}, from three clients: 200, and one prompt with a button only`, async () => {
      const group = groupChat([dario, edda]);
      await suite.say(group, dario, suite.view(runs).url);
      const silent = await suite.prompt(group);
      assert.ok(oauthCardOf(latest(silent))?.tokenExchangeResource);
      for (let client = 0; client < 3; client += 1)
        assert.equal((await channel().signInFailure(group, dario, code)).status, 200);
      const button = await suite.prompt(group, [silent]);
      assert.equal(oauthCardOf(latest(button))?.tokenExchangeResource, undefined);
      await channel().until(() => (promptsIn(group).length === 1 ? true : undefined));
      assert.ok(channel().activity(silent.id).deleted);
      assert.ok(suite.world().logged().includes(`"failure":"${code}"`));
      const { card: list } = await suite.press(group, dario, { verb: 'list' });
      const [exportId = ''] = /(?<="kind":"export","id":")[\w-]+/.exec(JSON.stringify(list)) ?? [];
      await suite.press(group, dario, { verb: 'stop', exportId });
    });
  }

  describe('when a button needs a sign-in', () => {
    const value = (verb: string, more: object = {}) => ({
      action: { type: 'Action.Execute', verb, data: { verb } },
      trigger: 'manual',
      ...more,
    });
    const execute = (place: Place, person: typeof ada, given: object) =>
      channel().invoke(place, person, 'adaptiveCard/action', given);
    const listOf = (answer: TurnAnswer): string => {
      const { statusCode, type, value: card } = inBody(answer);
      assert.deepEqual([statusCode, type], [200, vnd('card.adaptive')]);
      return wordsOf(card);
    };

    it('asks in the answer, exchanges what the client brings back, and acts', async () => {
      const chat = personalChat(edda);
      const asked = inBody(await execute(chat, edda, value('list')));
      assert.deepEqual([asked.statusCode, asked.type], [401, vnd('activity.loginRequest')]);
      const { connectionName, tokenExchangeResource, buttons } = asked.value as {
        connectionName: string;
        tokenExchangeResource: { id: string; uri: string };
        buttons: { type: string; value: string }[];
      };
      assert.match(tokenExchangeResource.uri, /^api:\/\//);
      assert.equal(buttons[0]?.type, 'signin');
      const { entra, variables } = suite.world();
      const audience = variables['AAD_APP_CLIENT_ID'] ?? '';
      const { id } = tokenExchangeResource;
      const foreign = await entra.mintSsoToken({ user: farid, audience });
      const refused = inBody(
        await execute(
          chat,
          edda,
          value('list', { authentication: { id: 'other', connectionName, token: foreign } }),
        ),
      );
      assert.deepEqual([refused.statusCode, refused.type], [412, vnd('error.preconditionFailed')]);
      const token = await entra.mintSsoToken({ user: edda, audience });
      const listed = await execute(
        chat,
        edda,
        value('list', { authentication: { id, connectionName, token } }),
      );
      assert.match(listOf(listed), /Your exports/);
      assert.deepEqual(promptsIn(chat), [], 'no message was needed');
      assert.match(listOf(await execute(chat, edda, value('list'))), /Your exports/);
    });

    it('in a channel offers the button only; the page’s state comes back once', async () => {
      const thread = channelThread([farid, ada]);
      const asked = inBody(await execute(thread, farid, value('list')));
      assert.equal(asked.statusCode, 401);
      assert.equal('tokenExchangeResource' in asked.value, false);
      const { visit } = await import('../support/servers/browser-visit.ts');
      const [button] = asked.value['buttons'] as { value: string }[];
      const nonce = nonceIn((await visit(button?.value ?? '', farid)).html);
      assert.notEqual(nonce, '');
      const foreign = inBody(await execute(thread, ada, value('list', { state: nonce })));
      assert.deepEqual([foreign.statusCode, foreign.type], [401, vnd('error.invalidAuthCode')]);
      assert.match(listOf(await execute(thread, farid, value('list', { state: nonce }))), /Your exports/);
      const again = inBody(await execute(thread, farid, value('list', { state: nonce })));
      assert.deepEqual([again.statusCode, again.type], [401, vnd('error.invalidAuthCode')]);
    });

    it('never asks an automatic refresh, nor anybody for somebody else’s file', async () => {
      const group = groupChat([ada, dario]);
      const view = suite.view(readyAtOnce);
      await suite.say(group, ada, view.url);
      const card = await suite.card(group, /✓ {2}Ready/, view);
      const data = { verb: 'download', exportId: exportIdOf(card) };
      const press = (trigger: string) => ({
        action: { type: 'Action.Execute', verb: 'download', data },
        trigger,
      });
      const foreign = inBody(await execute(group, dario, press('manual')));
      assert.equal(foreign.statusCode, 200);
      assert.match(wordsOf(foreign.value), /Export it for me/);
      await suite.say(personalChat(ada), ada, 'sign out');
      await suite.card(personalChat(ada), /You are signed out/);
      assert.equal(inBody(await execute(group, ada, press('automatic'))).statusCode, 200);
      assert.equal(inBody(await execute(group, ada, press('manual'))).statusCode, 401);
    });

    it('asks with a message where the client showed nothing: pressed again it acts as far as it can', async () => {
      const chat = personalChat(dario);
      const before = promptsIn(chat);
      assert.equal(inBody(await execute(chat, dario, value('list'))).statusCode, 401);
      assert.match(listOf(await execute(chat, dario, value('list'))), /I need your sign-in/);
      const prompt = await suite.prompt(chat, before);
      assert.match(listOf(await execute(chat, dario, value('list'))), /I need your sign-in/);
      assert.equal(promptsIn(chat).length, before.length + 1, 'one question, however often it is pressed');
      assert.equal((await channel().silentSso(chat, dario, prompt)).status, 200);
      await channel().until(() => (promptsIn(chat).length === before.length ? true : undefined));
    });
  });
});
