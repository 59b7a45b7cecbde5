// What memory can know of a message: that it was delivered to nobody before. In doubt it knows nothing.
import assert from 'node:assert/strict';
import { createFirstDelivery } from '../../../src/bot/receive/first-delivery.ts';

const start = Date.parse('2026-03-02T10:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

function rig() {
  const process = { now: 0, age: 60, living: 1 };
  const isFirstDelivery = createFirstDelivery({
    clock: { now: () => new Date(start + process.now * 1000) },
    instances: { living: () => process.living },
    processAge: () => process.age,
  });
  return { process, isFirstDelivery };
}

describe('bot/first-delivery', () => {
  it('knows of what was sent just now that it is the first', () => {
    const { isFirstDelivery } = rig();
    assert.equal(isFirstDelivery('a', at(0)), true);
    assert.equal(isFirstDelivery('b', at(-4)), true);
    assert.equal(isFirstDelivery('c', at(4)), true);
  });

  it('knows what came here before, for as long as it counts as just sent', () => {
    const { process, isFirstDelivery } = rig();
    for (const begins of [0, 7, 14, 21]) {
      const [id, sentAt] = [`from ${begins}`, at(begins + 4.9)];
      process.now = begins;
      assert.equal(isFirstDelivery(id, sentAt), true);
      for (const later of [0, 3, 6, 9, 9.8]) {
        process.now = begins + later;
        assert.equal(isFirstDelivery(id, sentAt), false, `${later} s later`);
      }
    }
  });

  for (const [what, sentAt] of [
    ['is older', at(-15)],
    ['is of another time', at(60)],
    ['says no time', undefined],
    ['says a time that is none', 'yesterday'],
  ] as const)
    it(`knows nothing of a message that ${what}`, () => {
      assert.equal(rig().isFirstDelivery('a', sentAt), false);
    });

  it('knows nothing beside another instance, and in a process that has only just begun', () => {
    const { process, isFirstDelivery } = rig();
    Object.assign(process, { living: 2 });
    assert.equal(isFirstDelivery('a', at(0)), false);
    Object.assign(process, { living: 1, age: 4.9 });
    assert.equal(isFirstDelivery('b', at(0)), false);
    Object.assign(process, { age: 5 });
    assert.equal(isFirstDelivery('c', at(0)), true);
    assert.equal(isFirstDelivery('a', at(0)), false, 'it came here before');
  });
});
