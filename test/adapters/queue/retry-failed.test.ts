import assert from 'node:assert/strict';
import { createRetryFailed } from '../../../src/adapters/queue/retry-failed.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';

describe('work that fails', () => {
  it('is queued anew ever later, each by itself, and from the start once it has worked', async () => {
    const queued: string[] = [];
    const log = collectingLog();
    let isInOrder = false;
    const workAndRetry = createRetryFailed<{ readonly id: string }>({
      log,
      nameOf: ({ id }) => id,
      work: () => (isInOrder ? Promise.resolve() : Promise.reject(new Error('out of order'))),
      again: ({ id }, seconds) => Promise.resolve(void queued.push(`${id} ${String(seconds)}`)),
    });
    for (let nth = 0; nth < 8; nth += 1) await workAndRetry({ id: 'one' });
    await workAndRetry({ id: 'other' });
    isInOrder = true;
    await workAndRetry({ id: 'one' });
    isInOrder = false;
    await workAndRetry({ id: 'one' });
    assert.deepEqual(queued, [
      'one 1',
      'one 2',
      'one 4',
      'one 8',
      'one 16',
      'one 32',
      'one 60',
      'one 60',
      'other 1',
      'one 1',
    ]);
    assert.equal(log.lines.length, queued.length);
  });

  it('is left to the queue when it cannot be queued anew', async () => {
    const workAndRetry = createRetryFailed<string>({
      log: collectingLog(),
      nameOf: String,
      work: () => Promise.reject(new Error('out of order')),
      again: () => Promise.reject(new Error('no database')),
    });
    await assert.rejects(workAndRetry('one'), /no database/);
  });
});
