import assert from 'node:assert/strict';
import { createTokenBuckets } from '../../src/blocks/token-buckets.ts';

describe('token buckets', () => {
  const takeAll = (take: () => boolean): number => {
    let taken = 0;
    while (take()) taken += 1;
    return taken;
  };

  it('give each key so many at once, and then as many as time has brought, never more than they hold', () => {
    const buckets = createTokenBuckets(3, 2);
    assert.equal(
      takeAll(() => buckets.take('a', 1_000)),
      3,
    );
    assert.ok(buckets.take('b', 1_000), 'another key has its own');
    assert.equal(
      takeAll(() => buckets.take('a', 2_000)),
      2,
    );
    assert.equal(
      takeAll(() => buckets.take('a', 3_600_000)),
      3,
    );
  });

  it('give nothing for a clock that is set back, and go on from there', () => {
    const buckets = createTokenBuckets(1, 1);
    assert.ok(buckets.take('a', 100_000));
    assert.equal(buckets.take('a', 50_000), false);
    assert.ok(buckets.take('a', 51_000));
  });
});
