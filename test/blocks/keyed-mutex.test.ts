/** Tasks of one key run in order; those of others do not wait. */
import assert from 'node:assert/strict';
import { createKeyedMutex } from '../../src/blocks/keyed-mutex.ts';

describe('keyed mutex', () => {
  it('runs one key in order, also after a failure', async () => {
    const run = createKeyedMutex();
    const order: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const failing = run('a', async () => {
      order.push('first starts');
      await first.promise;
      order.push('first ends');
      throw new Error('first fails');
    });
    const second = run('a', () => Promise.resolve(order.push('second')));
    await run('b', () => Promise.resolve(order.push('somebody else')));
    first.resolve(undefined);
    await assert.rejects(failing, /first fails/);
    await second;
    assert.deepEqual(order, ['first starts', 'somebody else', 'first ends', 'second']);
  });
});
