// The signing proxy against the real SDK: a client without a token is heard, and no token of its own gets through.
import assert from 'node:assert/strict';
import { sandboxPeople } from '../../../src/sandbox/chat/people.ts';
import { createSigningProxy } from '../../../src/sandbox/chat/signing-proxy.ts';
import type { EchoWorld } from '../../support/teams/echo-world.ts';
import { startEchoWorld } from '../../support/teams/echo-world.ts';
import { personalChat } from '../../support/teams/teams-places.ts';

const [ada] = sandboxPeople;

describe('createSigningProxy', () => {
  let world: EchoWorld;
  beforeEach(async () => {
    world = await startEchoWorld();
  });
  afterEach(() => world.stop());

  it('is reached through the signing proxy by a client that has no token', async () => {
    const { authority, bot, botId, channel, onTurn } = world;
    onTurn((context) => context.sendActivity('through the proxy'));
    const proxy = createSigningProxy({ target: bot.url, authority, botId });
    const { url } = await proxy.start();
    const place = personalChat(ada);
    const send = (body: unknown, headers = {}) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const said = {
      type: 'message',
      text: 'hi',
      id: '1',
      channelId: 'msteams',
      serviceUrl: channel.serviceUrl(),
    };
    const message = {
      ...said,
      from: { id: 'user-id-0' },
      recipient: { id: botId },
      conversation: { id: place.id },
    };
    assert.equal((await send(message, { authorization: 'Bearer of.somebody.else' })).status, 200);
    assert.equal(channel.messages(place.id).length, 1);
    assert.equal((await fetch(`${url}/api/messages`, { method: 'HEAD' })).status, 200);

    onTurn(async (context) => {
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: context.activity.value as unknown },
      });
    });
    const invoke = {
      ...message,
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'press' } },
    };
    assert.deepEqual(await (await send(invoke)).json(), {
      action: { type: 'Action.Execute', verb: 'press' },
      trigger: 'manual',
    });
    await proxy.stop();
  });

  it('E7 lets a message come from another organisation', async () => {
    const { authority, bot, botId, channel, onTurn } = world;
    const heard: unknown[] = [];
    onTurn(({ activity }) => {
      heard.push([activity.conversation.tenantId, (activity.channelData as { tenant?: unknown }).tenant]);
      return Promise.resolve();
    });
    const tenantFor = (text: string) => (text === 'from afar' ? 'another' : undefined);
    const proxy = createSigningProxy({ target: bot.url, authority, botId, tenantFor });
    const { url } = await proxy.start();
    for (const text of ['from here', 'from afar']) {
      const body = JSON.stringify({
        type: 'message',
        text,
        id: text,
        channelId: 'msteams',
        serviceUrl: channel.serviceUrl(),
        from: { id: 'user-id-0' },
        recipient: { id: botId },
        channelData: { tenant: { id: 'own' } },
        conversation: { id: personalChat(ada).id, tenantId: 'own' },
      });
      const headers = { 'content-type': 'application/json' };
      assert.equal((await fetch(`${url}/api/messages`, { method: 'POST', headers, body })).status, 200);
    }
    assert.deepEqual(heard, [
      ['own', { id: 'own' }],
      ['another', { id: 'another' }],
    ]);
    await proxy.stop();
  });

  it('names another service URL, and delivers twice what shall come twice', async () => {
    const { authority, bot, botId, channel, onTurn } = world;
    const heard: (string | undefined)[] = [];
    onTurn((context) => {
      heard.push(context.activity.serviceUrl);
      return Promise.resolve();
    });
    const elsewhere = channel.serviceUrl().replace('127.0.0.1', 'localhost');
    const proxy = createSigningProxy({
      target: bot.url,
      authority,
      botId,
      comesTwice: (text) => text.includes('twice'),
      serviceUrlFor: (given, text) => (text.includes('elsewhere') ? elsewhere : given),
    });
    const { url } = await proxy.start();
    const say = async (text: string): Promise<void> => {
      const said = { type: 'message', text, id: '1', channelId: 'msteams', serviceUrl: channel.serviceUrl() };
      const body = JSON.stringify({
        ...said,
        from: { id: 'user-id-0' },
        recipient: { id: botId },
        conversation: { id: personalChat(ada).id },
      });
      const headers = { 'content-type': 'application/json' };
      assert.equal((await fetch(`${url}/api/messages`, { method: 'POST', headers, body })).status, 200);
    };
    await say('once');
    await say('elsewhere');
    assert.deepEqual(heard, [channel.serviceUrl(), elsewhere]);
    await say('twice');
    while (heard.length < 4) await new Promise((done) => setTimeout(done, 20));
    assert.equal(heard.length, 4);
    await proxy.stop();
  });

  it('lets somebody else speak, and shows the answer to a button as it is to be shown', async () => {
    const { authority, bot, botId, channel, onTurn } = world;
    onTurn(async (context) => {
      const value = { status: 200, body: { from: context.activity.from.id } };
      await context.sendActivity({ type: 'invokeResponse', value });
    });
    const proxy = createSigningProxy({
      target: bot.url,
      authority,
      botId,
      spoken: (activity) => ({ ...(activity as object), from: { id: 'user-1' } }),
      asShown: (answer) => ({ shown: answer }),
    });
    const { url } = await proxy.start();
    const invoke = {
      type: 'invoke',
      id: '1',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'press' } },
      channelId: 'msteams',
      serviceUrl: channel.serviceUrl(),
      from: { id: 'user-0' },
      recipient: { id: botId },
      conversation: { id: personalChat(ada).id },
    };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers,
      body: JSON.stringify(invoke),
    });
    assert.deepEqual(await answer.json(), { shown: { from: 'user-1' } });
    await proxy.stop();
  });

  it('says 502 when the bot does not answer', async () => {
    const { authority, botId } = world;
    const proxy = createSigningProxy({ target: 'http://127.0.0.1:1', authority, botId });
    const { url } = await proxy.start();
    const response = await fetch(`${url}/api/messages`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 502);
    assert.match(await response.text(), /The bot does not answer/);
    await proxy.stop();
  });
});
