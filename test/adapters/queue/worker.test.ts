import assert from 'node:assert/strict';
import { startWorker, type WorkerDeps } from '../../../src/adapters/queue/worker.ts';
import { noLog } from '../../support/databases/databases.ts';

describe('a worker that has just begun', () => {
  it('takes little at first, so that little is suspected when its process is killed', async () => {
    const asked = Promise.withResolvers<number>();
    const boss = {
      fetch: (_queue: string, { batchSize }: { readonly batchSize: number }) => {
        asked.resolve(batchSize);
        return Promise.resolve([]);
      },
    } as unknown as WorkerDeps['boss'];
    const worker = startWorker({
      idleMilliseconds: 1000,
      boss,
      log: noLog,
      queue: 'exports',
      maxRunning: 100,
      maxBatch: 60,
      handler: () => Promise.resolve(),
    });
    assert.equal(await asked.promise, 5);
    await worker.stop(0);
  });
});
