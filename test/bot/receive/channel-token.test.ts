import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import { createAskJson, type AskJson } from '../../../src/blocks/http/ask-json.ts';
import { createAdmit, type Admit } from '../../../src/bot/receive/channel-authentication.ts';
import { createServiceUrlGate } from '../../../src/bot/send/adapter.ts';
import { startLoopbackChannel, type LoopbackChannel } from '../../support/bot/loopback-channel.ts';
import { part, tokenMatrix } from '../../support/bot/token-matrix.ts';

describe('bot/channel-token', () => {
  const askJson = createAskJson();
  const [botId, tenantId] = [randomUUID(), randomUUID()];
  let channel: LoopbackChannel;
  let attacker: LoopbackChannel;
  before(async () => {
    channel = await startLoopbackChannel();
    attacker = await startLoopbackChannel();
  });
  after(async () => {
    await channel.stop();
    await attacker.stop();
  });
  const matrix = tokenMatrix(() => ({ channel, attacker, botId, tenantId }));
  const { activity } = matrix;
  const own = (ask: AskJson = askJson, time?: () => Date) =>
    createAdmit({
      settings: { botId, channel: { issuer: channel.issuer, openIdUrl: channel.openIdUrl } },
      isAllowedServiceUrl: createServiceUrlGate([channel.host, attacker.host]),
      clock: { now: time ?? (() => new Date()) },
      askJson: ask,
      ...(time && { worldTime: time }),
    });

  it('admits no token that names another key of the same set', async () => {
    const header = await matrix.signed({}, { ...channel.key, kid: 'webchat' });
    assert.equal((await own()(header, activity())).kind, 'refused');
  });

  it('asks for the channel’s keys once for many messages, and never for junk', async () => {
    const asked: string[] = [];
    const admit = own((asking) => {
      asked.push(asking.url);
      return askJson(asking);
    });
    for (const junk of ['Bearer a.b.c', `Bearer ${part({})}.${part({ iss: 'https://other.test' })}.c2ln`])
      assert.equal((await admit(junk, activity())).kind, 'refused');
    assert.deepEqual(asked, []);
    const many = Array.from({ length: 20 }, async () => admit(await matrix.signed(), activity()));
    assert.ok((await Promise.all(many)).every(({ kind }) => kind === 'admitted'));
    assert.equal((await admit(await matrix.signed(), activity())).kind, 'admitted');
    assert.deepEqual(asked, [channel.openIdUrl, channel.openIdUrl.replace(/openid$/, 'keys')]);
  });

  describe('a token that was admitted before', () => {
    const minutes = (count: number) => count * 60_000;
    const later = { now: 0 };
    let admit: Admit;
    let header: string;
    let keys: AskJson;
    const judge = async (given: Readonly<Record<string, unknown>> = {}, said = header) =>
      (await admit(said, activity(given))).kind;
    beforeEach(async () => {
      later.now = Date.now();
      keys = askJson;
      admit = own(
        (asking) => keys(asking),
        () => new Date(later.now),
      );
      header = await matrix.signed({ exp: Math.floor(later.now / 1000) + 3600 });
      assert.equal(await judge(), 'admitted');
    });

    it('is admitted without another look at its signature, for five minutes', async () => {
      const verify = mock.method(crypto.subtle, 'verify');
      try {
        later.now += minutes(4);
        assert.equal(await judge(), 'admitted');
        assert.equal(verify.mock.callCount(), 0);
        later.now += minutes(2);
        assert.equal(await judge(), 'admitted');
        assert.equal(verify.mock.callCount(), 1);
      } finally {
        verify.mock.restore();
      }
    });

    it('is refused once it has expired, as soon as the tolerance is over', async () => {
      header = await matrix.signed({ exp: Math.floor(later.now / 1000) - 240 });
      assert.equal(await judge(), 'admitted');
      later.now += minutes(1);
      assert.equal(await judge(), 'refused');
    });

    it('is refused for another service URL, another channel, and with one character changed', async () => {
      assert.equal(await judge({ serviceUrl: attacker.serviceUrl }), 'refused');
      assert.equal(await judge({ channelId: 'webchat' }), 'refused');
      for (let at = 'Bearer '.length; at < header.length - 1; at += 7) {
        const other = header[at] === 'A' ? 'B' : 'A';
        assert.equal(await judge({}, `${header.slice(0, at)}${other}${header.slice(at + 1)}`), 'refused');
      }
      assert.equal(await judge(), 'admitted');
    });

    it('is refused when the channel has withdrawn its key', async () => {
      keys = async (asking) => {
        const reply = await askJson(asking);
        assert.ok(reply.kind === 'reply');
        const answer = reply.json as { keys?: { kid: string }[] };
        return { ...reply, json: { ...answer, keys: answer.keys?.filter(({ kid }) => kid !== 'teams') } };
      };
      header = await matrix.signed({ exp: Math.floor(later.now / 1000) + 36_000 });
      assert.equal(await judge(), 'admitted');
      later.now += minutes(61);
      assert.equal(await judge(), 'refused');
    });
  });

  for (const [what, status, answer] of [
    ['is no JSON', 200, () => undefined],
    ['names no place of the keys', 200, () => ({ issuer: channel.issuer })],
    ['leads elsewhere', 302, () => ({ jwks_uri: channel.openIdUrl.replace(/openid$/, 'keys') })],
  ] as const)
    it(`admits nobody while the channel’s metadata ${what}`, async () => {
      const admit = own(async (asking) => {
        const reply = await askJson(asking);
        assert.ok(reply.kind === 'reply');
        return asking.url === channel.openIdUrl ? { ...reply, status, json: answer() } : reply;
      });
      assert.deepEqual(await admit(await matrix.signed(), activity()), {
        kind: 'refused',
        why: 'the token was not accepted (KeysUnreachable)',
      });
    });
});
