// Tests the test channel and the signing proxy against the real SDK: accepted, answered, recorded.
import assert from 'node:assert/strict';
import { ActionTypes, CardFactory, MessageFactory } from 'botbuilder';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';
import { cardOf, latest, wordsOf } from './card-search.ts';
import { connectorError } from './connector-api.ts';
import type { EchoWorld } from './echo-world.ts';
import { startEchoWorld } from './echo-world.ts';
import { ssoClientId } from '../servers/entra-client.ts';
import { channelThread, groupChat, newMessageId, personalChat, teamsIdOf } from './teams-places.ts';

const [ada] = sandboxPeople;

describe('createTeamsChannel', () => {
  let world: EchoWorld;
  beforeEach(async () => {
    world = await startEchoWorld();
  });
  afterEach(() => world.stop());

  const card = (text: string) =>
    MessageFactory.attachment(
      CardFactory.adaptiveCard({
        type: 'AdaptiveCard',
        version: '1.5',
        body: [{ type: 'TextBlock', text }],
        actions: [{ type: 'Action.Execute', title: 'Refresh', verb: 'refresh', data: { exportId: 'e1' } }],
      }),
    );

  it('is believed by the SDK, and refused without a token or with a wrong one', async () => {
    const { authority, bot, channel } = world;
    const place = personalChat(ada);
    assert.equal((await channel.say(place, ada, 'hello')).status, 200);
    assert.deepEqual([bot.turns[0]?.text, bot.turns[0]?.from.aadObjectId], ['hello', ada.oid]);
    const activity = {
      ...bot.turns[0],
      id: newMessageId(),
      type: 'message',
      serviceUrl: channel.serviceUrl(),
    };
    assert.equal((await channel.deliver(activity, 'Bearer a.b.c')).status >= 400, true);
    const elsewhere = await authority.sign({ botId: 'another', serviceUrl: channel.serviceUrl() });
    assert.equal((await channel.deliver(activity, `Bearer ${elsewhere}`)).status, 401);
    assert.equal(bot.turns.length, 1);
  });

  it('keeps each version of a card that the bot posts and updates', async () => {
    const { channel, onTurn } = world;
    onTurn(async (context) => {
      const posted = await context.sendActivity(card('Starting'));
      await context.updateActivity({ ...card('Ready'), id: posted?.id ?? '' });
    });
    const place = personalChat(ada);
    await channel.say(place, ada, 'go');
    const kept = await channel.nextCard((shown) => wordsOf(shown).includes('Ready'));
    assert.deepEqual(
      kept.versions.map((version) => wordsOf(cardOf(version)).split('\n')[0]),
      ['Starting', 'Ready'],
    );
    assert.equal(kept.conversationId, place.id);
    assert.deepEqual(channel.messages(place.id), [kept]);
  });

  it('mentions the bot in groups and channels, and keeps the thread of a channel', async () => {
    const { bot, channel, onTurn } = world;
    onTurn((context) => context.sendActivity(card('Here')));
    await channel.say(groupChat([ada]), ada, 'export this');
    const thread = channelThread([ada]);
    await channel.say(thread, ada, { text: 'a link', html: '<a href="https://example.com/x">a link</a>' });
    const [group, inChannel] = bot.turns;
    assert.equal(group?.text, '<at>OKR Export</at> export this');
    assert.equal(
      group.entities?.some(
        ({ type, mentioned }) =>
          type === 'mention' && (mentioned as { id: string }).id === group.recipient.id,
      ),
      true,
    );
    assert.match(String(inChannel?.attachments?.[0]?.content), /href="https:\/\/example\.com\/x"/);
    assert.match(thread.id, /^19:[0-9a-f]{32}@thread\.tacv2;messageid=\d{13}$/);
    assert.equal(channel.messages(thread.id).length, 1);
  });

  it('presses a button of a card with its own data, as whoever presses', async () => {
    const { bot, channel, onTurn } = world;
    onTurn(async (context) => {
      if (context.activity.type === 'message') return context.sendActivity(card('One'));
      const value = {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'done' },
      };
      return context.sendActivity({ type: 'invokeResponse', value });
    });
    const place = personalChat(ada);
    await channel.say(place, ada, 'go');
    const kept = await channel.nextCard(() => true);
    const [, benno = ada] = sandboxPeople;
    const answer = await channel.clickExecute(place, benno, kept.id, 'Refresh');
    assert.deepEqual(answer.body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'done',
    });
    const invoked = bot.turns.at(-1);
    const { action, trigger } = invoked?.value as { action: Record<string, unknown>; trigger: string };
    assert.deepEqual([action['verb'], action['data'], trigger], ['refresh', { exportId: 'e1' }, 'manual']);
    assert.deepEqual(
      [invoked?.from.id, invoked?.replyToId, invoked?.name],
      [teamsIdOf(benno), kept.id, 'adaptiveCard/action'],
    );
    await assert.rejects(
      async () => channel.clickExecute(place, ada, kept.id, 'Nonsense'),
      /No button "Nonsense" among: Refresh/,
    );
  });

  it('exchanges tokens silently and signs in by the button', async () => {
    const { bot, channel, entra, onTurn } = world;
    const start = new URL(`${entra.url()}/${sandboxTenantId}/oauth2/v2.0/authorize`);
    start.search = new URLSearchParams({
      client_id: ssoClientId,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:1/auth/callback',
      state: 's',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    }).toString();
    onTurn(async (context) => {
      if (context.activity.type === 'invoke') return;
      const content = {
        text: 'Please',
        connectionName: 'goals-graph',
        tokenExchangeResource: { id: 'x1', uri: 'api://botid-sample' },
        buttons: [{ type: ActionTypes.Signin, title: 'Sign in', value: start.toString() }],
      };
      const contentType = 'application/vnd.microsoft.card.oauth';
      await context.sendActivity(MessageFactory.attachment({ contentType, content }));
    });
    const place = personalChat(ada);
    await channel.say(place, ada, 'go');
    const kept = await channel.nextOAuthCard();
    await channel.silentSso(place, ada, kept);
    const value = bot.turns.at(-1)?.value as Record<string, string>;
    assert.deepEqual(
      [bot.turns.at(-1)?.name, value['id'], value['connectionName']],
      ['signin/tokenExchange', 'x1', 'goals-graph'],
    );
    // Nothing listens at the registered redirect: arriving there is the proof.
    await assert.rejects(channel.signInByButton(kept, ada), /fetch failed/);
    assert.equal(
      entra.calls.some(({ op, method, user }) => op === 'authorize' && method === 'POST' && user === ada.oid),
      true,
    );
  });

  it('demands the token that Entra gave the bot, and fails as a test says', async () => {
    const { channel, entra, onTurn } = world;
    const unsigned = await fetch(`${channel.serviceUrl()}/v3/conversations/x/activities`, {
      method: 'POST',
      body: '{"type":"message"}',
    });
    assert.equal(unsigned.status, 401);
    const claims = { aud: 'https://api.botframework.com', appid: 'another-bot', tid: sandboxTenantId };
    const another = await fetch(`${channel.serviceUrl()}/v3/conversations/x/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await entra.sign(claims, 60)}` },
      body: '{"type":"message"}',
    });
    assert.equal(another.status, 401);
    const outcomes: number[] = [];
    onTurn(async (context) => {
      await context
        .sendActivity('hello')
        .catch((error: unknown) => outcomes.push((error as { statusCode: number }).statusCode));
    });
    channel.script({
      match: { op: 'post' },
      times: 1,
      respond: connectorError(403, 'BotNotInConversationRoster'),
    });
    await channel.say(personalChat(ada), ada, 'go');
    assert.deepEqual(outcomes, [403]);
  });

  it('serves the roster and forgets deleted activities', async () => {
    const { channel, onTurn } = world;
    onTurn(async (context) => {
      const posted = await context.sendActivity('soon gone');
      await context.deleteActivity(posted?.id ?? '');
    });
    const place = personalChat(ada);
    await channel.say(place, ada, 'go');
    assert.deepEqual(channel.messages(place.id), []);
    assert.equal(
      latest(channel.activity(channel.calls.find(({ op }) => op === 'delete')?.about['activity'] ?? '')).text,
      'soon gone',
    );
  });
});
