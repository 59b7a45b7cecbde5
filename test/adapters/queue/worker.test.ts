import assert from 'node:assert/strict';
import { startWorker, type WorkSource } from '../../../src/adapters/queue/worker.ts';
import { noLog } from '../../support/databases/databases.ts';

describe('a worker that has just begun', () => {
  it('takes little at first, so that little is suspected when its process is killed', async () => {
    const asked = Promise.withResolvers<number>();
    const unused = (): Promise<void> => Promise.resolve();
    const source: WorkSource<object> = {
      fetch: (max) => {
        asked.resolve(max);
        return Promise.resolve([]);
      },
      complete: unused,
      fail: unused,
      touch: unused,
      groupOf: () => undefined,
    };
    const worker = startWorker({
      idleMilliseconds: 1000,
      source,
      log: noLog,
      maxRunning: 100,
      maxBatch: 60,
      handler: unused,
    });
    assert.equal(await asked.promise, 5);
    await worker.stop(0);
  });
});
