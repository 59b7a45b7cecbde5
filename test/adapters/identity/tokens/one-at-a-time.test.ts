/** What is asked for one person happens in order; others do not wait. */
import assert from 'node:assert/strict';
import { createOneAtATime } from '../../../../src/adapters/identity/tokens/one-at-a-time.ts';

describe('oneAtATime', () => {
  it('runs one key in order, also after a failure', async () => {
    const { run } = createOneAtATime();
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
