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

describe('a worker', () => {
  it('tells its source what is done, but not what that knows already', async () => {
    const works = ['done', 'settled', 'done'];
    const done = Promise.withResolvers<readonly string[]>();
    const unused = (): Promise<void> => Promise.resolve();
    const worker = startWorker<string>({
      source: {
        fetch: () => Promise.resolve(works.splice(0)),
        complete: (told) => {
          done.resolve(told);
          return unused();
        },
        fail: unused,
        touch: unused,
        groupOf: () => undefined,
      },
      log: noLog,
      maxRunning: 100,
      maxBatch: 60,
      handler: (work) => Promise.resolve(work === 'settled' ? work : undefined),
    });
    assert.deepEqual(await done.promise, ['done', 'done']);
    await worker.stop(0);
  });

  it('comes again when the next is due, however idle it is', async () => {
    const again = Promise.withResolvers<undefined>();
    const unused = (): Promise<void> => Promise.resolve();
    let asked = 0;
    const worker = startWorker<string>({
      idleAfterMilliseconds: 0,
      source: {
        fetch: () => {
          asked += 1;
          if (asked === 3) again.resolve(undefined);
          return Promise.resolve([]);
        },
        untilNext: () => Promise.resolve(asked === 1 ? 10 : -10),
        complete: unused,
        fail: unused,
        touch: unused,
        groupOf: () => undefined,
      },
      log: noLog,
      maxRunning: 100,
      maxBatch: 60,
      handler: unused,
    });
    await again.promise;
    await worker.stop(0);
  });
});
