import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TenantBucket } from '../../../../src/adapters/graph/http/tenant-bucket.ts';
import {
  fullBucket,
  isIdle,
  pauseFor,
  takeToken,
} from '../../../../src/adapters/graph/http/tenant-bucket.ts';

const start = 1_000_000;

/** Who goes at `now`, and after how many seconds the others come back. */
function ask(bucket: TenantBucket, many: number, now: number) {
  let state = bucket;
  const back: number[] = [];
  for (let nth = 0; nth < many; nth += 1) {
    const turn = takeToken(state, now);
    state = turn.bucket;
    if (turn.kind === 'heldBack') back.push(turn.seconds);
  }
  return { bucket: state, went: many - back.length, back };
}

describe('adapters/graph/tenant-bucket', () => {
  it('lets 400 calls go at once and 200 in each second after', () => {
    const first = ask(fullBucket(start), 1_000, start);
    assert.equal(first.went, 400);
    assert.equal(ask(first.bucket, 1_000, start + 1_000).went, 200);
    assert.equal(ask(first.bucket, 1_000, start + 60_000).went, 400);
  });

  it('calls those back that it holds back one after the other, and they go when they come', () => {
    const { bucket, back } = ask(fullBucket(start), 2_400, start);
    assert.equal(back.length, 2_000);
    assert.equal(Math.max(...back), 10);
    let state = bucket;
    for (let second = 1; second <= 10; second += 1) {
      const returning = back.filter((seconds) => seconds === second).length;
      const next = ask(state, returning, start + second * 1_000);
      assert.equal(next.went, returning, `second ${second}`);
      state = next.bucket;
    }
  });

  it('G11 lets nothing go while Graph asks for patience, and does not let all of them come back at once', () => {
    const paused = pauseFor(fullBucket(start), 40, start);
    const { went, back, bucket } = ask(paused, 5_000, start + 1_000);
    assert.equal(went, 0);
    assert.ok(Math.min(...back) >= 39 && Math.max(...back) <= 39 + 60);
    assert.ok(new Set(back).size > 20);
    assert.equal(ask(bucket, 1, start + 39_999).went, 0);
    assert.equal(ask(bucket, 1, start + 40_000).went, 1);
  });

  it('G11 keeps the longer of two pauses', () => {
    const bucket = pauseFor(pauseFor(fullBucket(start), 40, start), 5, start + 1_000);
    assert.equal(bucket.pausedUntil, start + 40_000);
  });

  it('goes on when the clock is set back', () => {
    const paused = pauseFor(fullBucket(start), 40, start);
    assert.equal(takeToken(paused, start - 7_200_000).kind, 'go');
  });

  it('is idle again when all is as it was', () => {
    assert.equal(isIdle(ask(fullBucket(start), 10, start).bucket, start), false);
    assert.equal(isIdle(ask(fullBucket(start), 10, start).bucket, start + 1_000), true);
    assert.equal(isIdle(pauseFor(fullBucket(start), 40, start), start + 1_000), false);
  });

  it('never lets more go than it has, whoever asks when', () => {
    const asks = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 2_000 }), many: fc.integer({ min: 0, max: 700 }) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(asks, (given) => {
        let bucket = fullBucket(start);
        let [now, went] = [start, 0];
        for (const { wait, many } of given) {
          now += wait;
          const next = ask(bucket, many, now);
          bucket = next.bucket;
          went += next.went;
          assert.ok(next.back.every((seconds) => seconds >= 1 && seconds <= 60));
          assert.ok(went <= 400 + ((now - start) / 1_000) * 200 + 0.001);
        }
      }),
    );
  });
});
