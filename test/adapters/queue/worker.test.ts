import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { startWorker, type WorkSource } from '../../../src/adapters/queue/worker.ts';
import { noLog } from '../../support/databases/databases.ts';

describe('a worker that has just begun', () => {
  it('takes little at first, so that little is suspected when its process is killed', async () => {
    const asked = Promise.withResolvers<number>();
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
      ...settings,
      handler: unused,
    });
    assert.equal(await asked.promise, 5);
    await worker.stop(0);
  });
});

const unused = (): Promise<void> => Promise.resolve();
const idleSource = { complete: unused, fail: unused, touch: unused, groupOf: () => undefined };
const settings = { log: noLog, maxRunning: 100, maxBatch: 60 };

describe('a worker', () => {
  it('tells its source what is done, but not what that knows already', async () => {
    const works = ['done', 'settled', 'done'];
    const done = Promise.withResolvers<readonly string[]>();
    const worker = startWorker<string>({
      source: {
        ...idleSource,
        fetch: () => Promise.resolve(works.splice(0)),
        complete: (told) => {
          done.resolve(told);
          return unused();
        },
      },
      ...settings,
      handler: (work) => Promise.resolve(work === 'settled' ? work : undefined),
    });
    assert.deepEqual(await done.promise, ['done', 'done']);
    await worker.stop(0);
  });

  it('that is told of something later asks when it is due, and not before', async () => {
    const found = Promise.withResolvers<number>();
    const unused = (): Promise<void> => Promise.resolve();
    let asked = 0;
    let isDue = false;
    const worker = startWorker<string>({
      idleAfterMilliseconds: 0,
      source: {
        fetch: () => {
          asked += 1;
          return Promise.resolve(isDue ? ['work'] : []);
        },
        complete: unused,
        fail: unused,
        touch: unused,
        groupOf: () => undefined,
      },
      log: noLog,
      maxRunning: 100,
      maxBatch: 60,
      handler: () => {
        found.resolve(asked);
        return unused();
      },
    });
    setTimeout(() => (isDue = true), 20);
    worker.wake(40);
    assert.equal(await found.promise, 2);
    await worker.stop(0);
  });

  it('that is told of something in the far future sets no timer, which would end at once', async () => {
    const overflows: string[] = [];
    const note = ({ name }: Error): unknown => overflows.push(name);
    process.on('warning', note);
    const worker = startWorker<string>({
      source: { ...idleSource, fetch: () => Promise.resolve([]) },
      ...settings,
      handler: unused,
    });
    worker.wake(2 ** 31);
    await worker.stop(0);
    // Warnings come with the next turn of the loop.
    await setImmediate();
    process.off('warning', note);
    assert.deepEqual(overflows, []);
  });

  it('comes again when the next is due, however idle it is', async () => {
    const again = Promise.withResolvers<undefined>();
    let asked = 0;
    const worker = startWorker<string>({
      idleAfterMilliseconds: 0,
      source: {
        ...idleSource,
        fetch: () => {
          asked += 1;
          if (asked === 3) again.resolve(undefined);
          return Promise.resolve([]);
        },
        untilNext: () => Promise.resolve(asked === 1 ? 10 : -10),
      },
      ...settings,
      handler: unused,
    });
    await again.promise;
    await worker.stop(0);
  });
});
