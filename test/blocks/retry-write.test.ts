import assert from 'node:assert/strict';
import { retryWrite } from '../../src/blocks/retry-write.ts';

describe('retryWrite', () => {
  it('tries again whatever the failure, and gives what comes in the end', async () => {
    const failures = [new TypeError('Cannot read properties of null')];
    const written = await retryWrite(() => {
      const failure = failures.pop();
      return failure === undefined ? Promise.resolve('written') : Promise.reject(failure);
    });
    assert.equal(written, 'written');
  });

  it('rejects with the last of five failures', async function () {
    this.timeout(10_000);
    let attempts = 0;
    const failed = retryWrite(() => Promise.reject(new Error(`no ${String((attempts += 1))}`)));
    await assert.rejects(failed, /no 5/);
  });
});
