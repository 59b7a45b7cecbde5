import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Place, RateLimiter } from '../../../src/bot/send/rate-limiter.ts';
import { createRateLimiter } from '../../../src/bot/send/rate-limiter.ts';
import { assertWithinLimits } from '../../support/bot/send-times.ts';

const start = Date.parse('2026-03-02T10:00:00Z');
const place = (conversation: number, tenant = 1): Place => ({
  tenantId: `tenant ${tenant}`,
  conversationId: `19:${conversation}@thread.v2`,
});
const chat = place(1);

/** Milliseconds to the message's turn; undefined when it was sent away. */
function reserve(slots: RateLimiter, now: number, where = chat, sharers = 1): number | undefined {
  const slot = slots.reserve(where, now, sharers);
  return slot.kind === 'turn' ? slot.wait : undefined;
}
const retryAfter = (slots: RateLimiter, now: number): number => {
  const slot = slots.reserve(chat, now);
  assert.equal(slot.kind, 'busy');
  return slot.retryAfter;
};

describe('bot/rate-limiter', () => {
  it('C6 lets seven messages go at once, then spaces them out', () => {
    const slots = createRateLimiter();
    const waits = Array.from({ length: 9 }, () => reserve(slots, start));
    assert.deepEqual(waits.slice(0, 4), [0, 0, 0, 0]);
    assert.ok(waits.slice(4, 7).every((wait) => wait !== undefined && wait < 250));
    assert.ok((waits[7] ?? 0) >= 1_000 && (waits[8] ?? 0) >= 2_000);
  });

  it('C6 keeps every limit, whoever asks when, and however many instances share it', () => {
    const asks = fc.array(
      fc.record({
        by: fc.nat(),
        after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
        conversation: fc.integer({ min: 1, max: 60 }),
        many: fc.integer({ min: 1, max: 30 }),
      }),
      { minLength: 20, maxLength: 80 },
    );
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 7 }), (given, sharers) => {
        const instances = Array.from({ length: sharers }, () => createRateLimiter());
        const sent: { readonly at: number; readonly conversation: string }[] = [];
        let now = start;
        for (const { by, after, conversation, many } of given) {
          now += after;
          for (let nth = 0; nth < many; nth += 1) {
            const where = place(conversation % 4 === 0 ? 1 : conversation);
            const wait = reserve(instances[(by + nth) % sharers] ?? assert.fail(), now, where, sharers);
            if (wait !== undefined) sent.push({ at: now + wait, conversation: where.conversationId });
          }
        }
        assertWithinLimits(sent);
      }),
      { numRuns: 60 },
    );
  });

  it('C6 keeps the limit of an hour', () => {
    const slots = createRateLimiter();
    let now = start;
    const sent = Array.from({ length: 2_000 }, () => {
      for (;;) {
        const slot = slots.reserve(chat, now);
        if (slot.kind === 'turn') return { at: now + slot.wait, conversation: 'one' };
        now += slot.retryAfter * 1_000;
      }
    });
    assertWithinLimits(sent);
    assert.ok((sent.at(-1)?.at ?? 0) - start >= 3_600_000, 'the last ones had to wait for the next hour');
  });

  it('C6 counts a channel with all its threads as one conversation, and chats apart', () => {
    const slots = createRateLimiter();
    const thread = (nth: number): Place => ({
      ...chat,
      conversationId: `19:c@thread.tacv2;messageid=${nth}`,
    });
    const inThreads = Array.from({ length: 8 }, (_, nth) => reserve(slots, start, thread(nth)));
    assert.ok((inThreads.at(-1) ?? 0) >= 1_000);
    assert.ok((reserve(slots, start) ?? 0) < 500);
  });

  it('C6 keeps a busy tenant from holding up another one', () => {
    const slots = createRateLimiter();
    const waits = Array.from({ length: 100 }, (_, nth) => reserve(slots, start, place(nth)));
    assert.ok((waits.at(-1) ?? 0) >= 2_000);
    assert.equal(reserve(slots, start, place(1, 2)), 0);
  });

  it('C6 sends away whoever would wait longer than 5 s, each with a time of their own', () => {
    const slots = createRateLimiter();
    for (let wait: number | undefined = 0; wait !== undefined; wait = reserve(slots, start))
      assert.ok(wait <= 5_000);
    const times = Array.from({ length: 200 }, () => retryAfter(slots, start));
    assert.ok((times[0] ?? 0) >= 5);
    assert.ok(new Set(times).size > 40, 'they do not come back at the same time');
    assert.ok(Math.max(...times) <= 60);
  });

  it('C6 lets a tenant’s conversations come back no faster than it may send', () => {
    const slots = createRateLimiter();
    let nth = 0;
    while (reserve(slots, start, place(nth)) !== undefined) nth += 1;
    const backAt = Array.from({ length: 1_000 }, (_, more) => {
      const slot = slots.reserve(place(nth + more), start);
      assert.equal(slot.kind, 'busy');
      return slot.retryAfter;
    });
    const most = Math.max(...[...Map.groupBy(backAt, String).values()].map(({ length }) => length));
    assert.ok(most <= 40, `${most} in one second`);
    assert.equal(reserve(slots, start, place(1, 2)), 0);
  });

  it('C6 keeps quiet in the conversation for as long as Teams asks, and only there', () => {
    const slots = createRateLimiter();
    slots.holdOff(chat, start + 40_000);
    assert.ok(retryAfter(slots, start) >= 40);
    assert.equal(reserve(slots, start, place(2)), 0);
    assert.equal(reserve(slots, start + 38_000), 2_000);
  });

  it('goes on when the clock is set back', () => {
    const slots = createRateLimiter();
    for (let nth = 0; nth < 7; nth += 1) reserve(slots, start);
    slots.holdOff(chat, start + 1_000);
    assert.equal(reserve(slots, start - 7_200_000), 0);
  });

  it('forgets conversations that have been idle for an hour', () => {
    const slots = createRateLimiter();
    for (let nth = 0; nth < 500; nth += 1) reserve(slots, start + nth * 30, place(nth, nth));
    assert.equal(slots.size(), 1_000);
    reserve(slots, start + 3_700_000);
    assert.equal(slots.size(), 2);
  });
});
