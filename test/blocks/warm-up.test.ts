import assert from 'node:assert/strict';
import { createProcessAge, warmUpAfter, warmUpLimit } from '../../src/blocks/warm-up.ts';

describe('warm-up', () => {
  it('counts from the first call', () => {
    const processAge = createProcessAge();
    assert.ok(processAge() < 1);
    const before = processAge();
    assert.ok(processAge() >= before);
  });

  for (const { age, limit } of [
    { age: 0, limit: 5 },
    { age: 0.99, limit: 6 },
    { age: 1, limit: 7 },
    { age: 3600, limit: 20 },
  ])
    it(`lets ${String(limit)} be under way after ${String(age)} s`, () => {
      assert.equal(warmUpLimit({ first: 5, max: 20, secondsForOneMore: 0.5 }, age), limit);
    });

  it('is longer the more processes have died', () => {
    assert.deepEqual([0, 1, 2].map(warmUpAfter), [0, 5, 10]);
  });
});
