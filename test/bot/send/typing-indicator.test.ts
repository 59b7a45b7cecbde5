import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { createTypingIndicator } from '../../../src/bot/send/typing-indicator.ts';
import { createRateLimiter } from '../../../src/bot/send/rate-limiter.ts';
import { executeIn, messageIn, view } from '../../support/bot/activities.ts';
import { useBotFloor } from '../../support/bot/bot-suite.ts';
import { connectTo } from '../../support/bot/teams-connection.ts';
import { clockAt, collectingLog } from '../../support/surroundings/quiet.ts';
import { sentTo } from '../../support/bot/loopback-channel.ts';

const link = (): string => view(randomUUID(), randomUUID());

describe('bot/typing-indicator', () => {
  const suite = useBotFloor();
  const typesTo = (conversationId: string): readonly unknown[] =>
    sentTo(suite.channel(), conversationId).map(({ body }) => body['type']);

  for (const kind of ['personal', 'groupChat', 'channel'] as const)
    it(`shows in a ${kind} conversation that the bot is typing, once, while nothing else can be seen`, async () => {
      const place = { ...suite.at(kind) };
      const isTyping = ({ path, body }: { path: string; body: Readonly<Record<string, unknown>> }) =>
        body['type'] === 'typing' && decodeURIComponent(path).includes(place.conversationId);
      await suite.start({
        untilTyping: () => Promise.resolve(),
        // As slow as it takes.
        startExport: async () => {
          await suite.channel().waitFor(isTyping);
          return { kind: 'limitReached', limit: 'openPerUser', max: 5 };
        },
      });
      const there = { ...place, botId: suite.floor().botId, tenantId: suite.floor().tenantId };
      await suite.floor().deliver(messageIn(there, link()));
      assert.deepEqual(typesTo(place.conversationId), ['typing', 'message']);
      const [typing] = sentTo(suite.channel(), place.conversationId);
      assert.equal(typing?.body['text'], undefined);
      assert.equal(typing?.body['attachments'], undefined);
    });

  it('shows nothing when the answer was there in time, nor for a pressed button or an edit', async () => {
    const time = Promise.withResolvers<undefined>();
    await suite.start({ untilTyping: () => time.promise });
    const place = suite.at();
    const message = messageIn(place, 'help');
    await suite.floor().deliver(message);
    const others = suite.at();
    await suite.floor().deliver(executeIn(others, { verb: 'list' }));
    await suite.floor().deliver({ ...messageIn(others, link()), type: 'messageUpdate' });
    time.resolve(undefined);
    await turnOfTheLoop();
    const fence = suite.at();
    await suite.floor().deliver(messageIn(fence, 'help'));
    assert.deepEqual(typesTo(place.conversationId), ['message']);
    assert.deepEqual(typesTo(others.conversationId), []);
  });

  const conversation = (conversationId: string) => ({
    tenantId: 'tenant',
    conversationId,
    kind: 'personal' as const,
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    botChannelId: '28:bot',
  });
  const rigged = (kind: 'sent' | 'blocked') => {
    const typed: string[] = [];
    const waited: number[] = [];
    const time = Promise.withResolvers<undefined>();
    const sign = createTypingIndicator({
      connector: {
        post: () => Promise.resolve({ kind }),
        update: () => Promise.resolve({ kind }),
        remove: () => Promise.resolve({ kind }),
        typing: ({ conversationId }) => {
          typed.push(conversationId);
          return Promise.reject(new Error('gone'));
        },
      },
      pause: (milliseconds) => {
        waited.push(milliseconds);
        return time.promise;
      },
      log: collectingLog(),
    });
    const timeUp = async () => {
      time.resolve(undefined);
      await turnOfTheLoop();
      return typed;
    };
    return { ...sign, timeUp, waited };
  };
  const message = { type: 'message' } as const;

  it('types where nothing was delivered, and nowhere else', async () => {
    const { connector, expect, timeUp } = rigged('sent');
    for (const id of ['silent', 'answered', 'updated', 'answered before']) {
      if (id === 'answered before') await connector.post(conversation(id), message);
      expect(conversation(id));
    }
    await connector.post(conversation('answered'), message);
    await connector.update(conversation('updated'), '1', message);
    await connector.remove(conversation('silent'), '1');
    assert.deepEqual(await timeUp(), ['silent', 'answered before']);
  });

  it('does not take for a sign what Teams refused, and survives that it cannot type', async () => {
    const { connector, expect, timeUp } = rigged('blocked');
    expect(conversation('a'));
    await connector.post(conversation('a'), message);
    assert.deepEqual(await timeUp(), ['a']);
  });

  it('waits so long that the sign is there within the two seconds of the store', () => {
    const { expect, waited } = rigged('sent');
    expect(conversation('a'));
    const [patience = Infinity] = waited;
    assert.ok(patience > 0 && patience <= 1_500, String(patience));
  });

  it('knows of each message in a conversation whether it had a sign', async () => {
    const { connector, expect, timeUp } = rigged('sent');
    expect(conversation('a'));
    await connector.post(conversation('a'), message);
    expect(conversation('a'));
    assert.deepEqual(await timeUp(), ['a']);
  });

  it('C6 leaves Teams’ limits to the messages', async () => {
    const slots = createRateLimiter();
    const place = { tenantId: 'tenant', conversationId: 'a' };
    const now = Date.parse('2026-03-02T10:00:00Z');
    assert.ok(slots.isFree(place, now));
    for (let count = 1; count <= 7; count += 1) slots.reserve(place, now);
    assert.ok(!slots.isFree(place, now) && !slots.isFree(place, now + 900));
    assert.ok(slots.isFree(place, now + 3_000));
    const channel = suite.channel();
    const { connector } = connectTo(channel, {
      botId: 'bot',
      clock: clockAt('2026-03-02T10:00:00Z'),
      log: collectingLog(),
    });
    const busy = { ...conversation(randomUUID()), serviceUrl: channel.serviceUrl };
    for (let count = 1; count <= 8; count += 1) await connector.post(busy, message);
    await connector.typing(busy);
    assert.deepEqual(new Set(typesTo(busy.conversationId)), new Set(['message']));
  });
});
