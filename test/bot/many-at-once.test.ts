// A thousand exports that end in the same second, over a real connector API, with hours of waiting passed at once.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { textActivity } from '../../src/bot/send/outbound-activities.ts';
import type { Delivery } from '../../src/bot/send/send-outcome.ts';
import type { Conversation } from '../../src/ports/conversation.ts';
import {
  answer,
  startLoopbackChannel,
  type LoopbackChannel,
  type Misbehaviour,
} from '../support/bot/loopback-channel.ts';
import { collectingLog } from '../support/surroundings/quiet.ts';
import { someConversation } from '../support/samples/sample-exports.ts';
import { assertWithinLimits } from '../support/bot/send-times.ts';
import { connectTo } from '../support/bot/teams-connection.ts';
import { createVirtualTime } from '../support/surroundings/virtual-time.ts';

describe('many messages at once', () => {
  let channel: LoopbackChannel;
  before(async () => {
    channel = await startLoopbackChannel();
  });
  after(() => channel.stop());

  function rig() {
    const time = createVirtualTime(new Date('2026-03-02T10:00:00Z'));
    const { connector } = connectTo(channel, {
      botId: randomUUID(),
      log: collectingLog(),
      clock: time,
      time,
    });
    const tenantId = randomUUID();
    const chat = (nth: number): Conversation =>
      someConversation({
        tenantId,
        serviceUrl: channel.serviceUrl,
        conversationId: `19:chat-${nth}@thread.v2`,
      });
    /** Comes back when it is told to, as the queue does for a card that is behind. */
    const untilSent = async (send: () => Promise<Delivery>): Promise<void> => {
      for (;;) {
        const outcome = await send();
        if (outcome.kind === 'sent') return;
        assert.equal(outcome.kind, 'busy');
        await time.pause((outcome.retryAfter ?? 5) * 1000);
      }
    };
    return { time, connector, chat, untilSent };
  }

  it('C6 shows all of 1,000 exports that end in the same second, within the limits', async () => {
    const { time, connector, chat, untilSent } = rig();
    const sent: { readonly at: number; readonly conversation: string }[] = [];
    const record: Misbehaviour = (response, { path }) => {
      sent.push({ at: time.now().getTime(), conversation: path.replace(/\/activities.*/, '') });
      answer(response, 200, { id: '1' });
    };
    channel.misbehave(...Array.from({ length: 1_000 }, () => record));
    const before = channel.sent.length;
    // 400 of them in one chat, the others in 60.
    const exports = Array.from({ length: 1_000 }, (_, nth) => ({
      where: chat(nth < 400 ? 0 : nth % 60),
      activityId: `card-${nth}`,
    }));
    await time.run(
      exports.map(
        ({ where, activityId }) =>
          () =>
            untilSent(() => connector.update(where, activityId, textActivity(`${activityId} is ready`))),
      ),
    );
    const words = channel.sent.slice(before).map(({ body }) => body['text']);
    assert.deepEqual(new Set(words), new Set(exports.map(({ activityId }) => `${activityId} is ready`)));
    assert.equal(words.length, 1_000);
    assert.equal(sent.length, 1_000);
    assertWithinLimits(sent);
  });

  it('C6 stops sending to a conversation that Teams throttles, the others go on', async () => {
    const { time, connector, chat, untilSent } = rig();
    const [busy, idle] = [chat(100), chat(101)];
    channel.misbehave((response) => answer(response, 429, {}, { 'Retry-After': '40' }));
    const times = new Map<string, number>();
    const start = time.now().getTime();
    const post = (where: Conversation, what: string) => async (): Promise<void> => {
      await untilSent(() => connector.post(where, textActivity(what)));
      times.set(what, time.now().getTime() - start);
    };
    await time.run([post(busy, 'first')]);
    const before = channel.sent.length;
    await time.run([post(busy, 'second'), post(idle, 'other')]);
    assert.ok((times.get('first') ?? 0) >= 40_000);
    assert.equal(channel.sent.length - before, 2);
  });

  it('C6 asks whether a message may go when its turn has come, and sends nothing when it may not', async () => {
    const { time, connector, chat } = rig();
    const where = chat(300);
    const start = time.now().getTime();
    const before = channel.sent.length;
    const fill = Array.from({ length: 7 }, () => async () => {
      await connector.post(where, textActivity('other messages'));
    });
    const asked: number[] = [];
    const ask = (mayGo: boolean) => async (): Promise<void> => {
      const outcome = await connector.post(where, textActivity(`may go: ${mayGo}`), () => {
        asked.push(time.now().getTime() - start);
        return Promise.resolve(mayGo);
      });
      assert.equal(outcome.kind, mayGo ? 'sent' : 'busy');
    };
    await time.run([...fill, ask(false), ask(true)]);
    assert.ok(asked.length === 2 && asked.every((after) => after >= 1_000), `asked after ${asked.join()} ms`);
    const words = channel.sent.slice(before).map(({ body }) => String(body['text']));
    assert.deepEqual(
      words.filter((text) => text.startsWith('may go')),
      ['may go: true'],
    );
  });

  it('C6 lets the newest of many states arrive, and not each of them', async () => {
    const { time, connector, chat } = rig();
    const where = chat(200);
    const before = channel.sent.length;
    const fill = Array.from({ length: 8 }, () => async () => {
      await connector.post(where, textActivity('other cards'));
    });
    // One participant: only one of the updates is ever under way.
    const states = async (): Promise<void> => {
      const outcomes = Array.from({ length: 50 }, (_, nth) =>
        connector.update(where, 'card', textActivity(`state ${nth}`)),
      );
      for (const { kind } of await Promise.all(outcomes)) assert.equal(kind, 'sent');
    };
    await time.run([...fill, states]);
    const updates = channel.sent.slice(before).filter(({ method }) => method === 'PUT');
    assert.deepEqual(
      updates.map(({ body }) => body['text']),
      ['state 49'],
    );
  });
});
