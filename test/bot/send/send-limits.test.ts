import assert from 'node:assert/strict';
import { createSendLimits } from '../../../src/bot/send/send-limits.ts';
import { alone } from '../../support/surroundings/quiet.ts';
import { assertWithinLimits } from '../../support/bot/send-times.ts';

const place = (conversation: number) => ({ tenantId: 'one', conversationId: `19:${conversation}@thread.v2` });

describe('bot/send-limits', () => {
  for (const { living, isNew, most } of [
    { living: 1, isNew: true, most: 40 },
    { living: 2, isNew: false, most: 20 },
    { living: 2, isNew: true, most: 10 },
    { living: 5, isNew: true, most: 4 },
  ])
    it(`C6 takes ${most} messages of a tenant in a second as ${isNew ? 'the newest' : 'one'} of ${living}`, async () => {
      const now = new Date('2026-03-02T10:00:00Z').getTime();
      let longest = 0;
      const limits = createSendLimits({
        clock: { now: () => new Date(now) },
        instances: { living: () => living, isNew: () => isNew },
        pause: (milliseconds) => {
          longest = Math.max(longest, milliseconds);
          return Promise.resolve();
        },
      });
      for (let nth = 0; nth < most; nth += 1) await limits.enter(place(nth));
      assert.ok(longest < 1_100, `the last one waits ${longest} ms`);
      for (let nth = 0; nth < most; nth += 1) await limits.enter(place(most + nth));
      assert.ok(longest > 1_600, `as many again: the last one waits ${longest} ms`);
    });

  it('C6 gives new turns to all that a held-up process wakes at once', async () => {
    let now = Date.parse('2026-03-02T10:00:00Z');
    const start = now;
    const waiting: { readonly until: number; readonly wake: () => void }[] = [];
    const limits = createSendLimits({
      clock: { now: () => new Date(now) },
      instances: alone,
      pause: (milliseconds) => new Promise((wake) => waiting.push({ until: now + milliseconds, wake })),
    });
    const sent: { readonly at: number; readonly conversation: string }[] = [];
    const sends = Array.from({ length: 120 }, async (_, nth) => {
      assert.equal(await limits.enter(place(nth)), undefined);
      sent.push({ at: now, conversation: String(nth) });
    });
    const passTo = async (moment: number): Promise<void> => {
      now = moment;
      for (const sleeper of waiting.splice(0))
        if (sleeper.until <= now) sleeper.wake();
        else waiting.push(sleeper);
      await new Promise((resolve) => setImmediate(resolve));
    };
    // For the first two seconds nothing at all can run.
    for (let tick = start + 2_000; sent.length < 120; tick += 20) await passTo(tick);
    await Promise.all(sends);
    assertWithinLimits(sent);
  });
});
