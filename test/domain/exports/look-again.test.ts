/** The cadence of looking at Graph: ordered delays, ages, unknown words, back-off. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backOffDelay, orderedDelay, pollDelay } from '../../../src/domain/exports/look-again.ts';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('pollDelay', () => {
  const ages: readonly (readonly [age: number, expected: number])[] = [
    [0, 3],
    [29.9, 3],
    [30, 10],
    [119, 10],
    [120, 30],
    [599, 30],
    [600, 60],
    [3599, 60],
    [3600, 300],
    [7 * 86_400, 300],
    [-60, 3],
  ];
  for (const [age, expected] of ages)
    it(`looks every ${String(expected)} s at an age of ${String(age)} s`, () => {
      assert.equal(pollDelay({ age, unknownStatus: false, random: 0.5 }), expected);
    });

  it('G17 looks every five minutes while the status is unknown', () => {
    assert.equal(pollDelay({ age: 0, unknownStatus: true, random: 0.5 }), 300);
    assert.equal(pollDelay({ age: 0, retryAfter: 15, unknownStatus: true, random: 0.5 }), 300);
    assert.equal(pollDelay({ age: 0, retryAfter: 600, unknownStatus: true, random: 0 }), 600);
  });

  it('G11 keeps what Graph ordered, whatever the age, plus at most a tenth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), fc.integer(), random, (retryAfter, age, chance) => {
        const delay = pollDelay({ age, retryAfter, unknownStatus: false, random: chance });
        assert.ok(delay >= retryAfter && delay <= retryAfter * 1.1);
        assert.equal(delay, orderedDelay(retryAfter, chance));
      }),
    );
  });

  it('never looks more often the older the job is', () => {
    const age = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(age, age, (a, b) => {
        const [young, old] = [Math.min(a, b), Math.max(a, b)].map((seconds) =>
          pollDelay({ age: seconds, unknownStatus: false, random: 0 }),
        );
        assert.ok(young !== undefined && old !== undefined && young <= old);
      }),
    );
  });
});

describe('backOffDelay', () => {
  it('G13 lies between 2 s and a ceiling that doubles up to 5 min', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), random, (attempt, chance) => {
        const delay = backOffDelay(attempt, chance);
        assert.ok(delay >= 2 && delay <= Math.min(300, 2 * 2 ** Math.min(attempt, 20)));
      }),
    );
  });

  it('G13 uses the whole range: full jitter', () => {
    assert.deepEqual(
      [1, 2, 5, 8, 50].map((attempt) => backOffDelay(attempt, 0)),
      [2, 2, 2, 2, 2],
    );
    assert.deepEqual(
      [1, 2, 5, 7, 8, 50].map((attempt) => backOffDelay(attempt, 1)),
      [4, 8, 64, 256, 300, 300],
    );
  });
});
