import assert from 'node:assert/strict';
import { createRepeatFailed } from '../../../src/adapters/queue/repeat-failed.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';

describe('work that fails', () => {
  it('is queued anew ever later, each by itself, and from the start once it has worked', async () => {
    const queued: string[] = [];
    const log = collectingLog();
    let isInOrder = false;
    const repeat = createRepeatFailed<{ readonly id: string }>({
      log,
      nameOf: ({ id }) => id,
      work: () => (isInOrder ? Promise.resolve() : Promise.reject(new Error('out of order'))),
      again: ({ id }, seconds) => Promise.resolve(void queued.push(`${id} ${String(seconds)}`)),
    });
    for (let nth = 0; nth < 8; nth += 1) await repeat({ id: 'one' });
    await repeat({ id: 'other' });
    isInOrder = true;
    await repeat({ id: 'one' });
    isInOrder = false;
    await repeat({ id: 'one' });
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
    const repeat = createRepeatFailed<string>({
      log: collectingLog(),
      nameOf: String,
      work: () => Promise.reject(new Error('out of order')),
      again: () => Promise.reject(new Error('no database')),
    });
    await assert.rejects(repeat('one'), /no database/);
  });
});
