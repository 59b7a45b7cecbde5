/** How long a worker is kept, and that nothing of it is left afterwards. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createWarmWorkers } from '../../../../src/adapters/okr-files/worker/warm-workers.ts';

/** Dies of each message. */
const entry = new URL(
  `data:text/javascript,import {parentPort} from 'node:worker_threads';parentPort.on('message', () => { throw new Error('late'); })`,
);
const options = { entry, maxHeapMb: 32, maxJobs: 3, maxIdleMs: 60_000 };

describe('warm workers', () => {
  it('do one job after the other, and so many at most', async () => {
    const workers = createWarmWorkers(options);
    const taken = [1, 2, 3].map(() => {
      const worker = workers.take();
      workers.giveBack(worker);
      return worker;
    });
    assert.equal(new Set(taken).size, 1);
    const next = workers.take();
    assert.ok(!taken.includes(next));
    await next.terminate();
  });

  it('are as many as work at once', () => {
    const workers = createWarmWorkers(options);
    const [one, other] = [workers.take(), workers.take()];
    assert.notEqual(one, other);
    workers.giveBack(one);
    workers.giveBack(other);
    assert.deepEqual([workers.take(), workers.take()], [other, one]);
    for (const worker of [one, other]) void worker.terminate();
  });

  it('end when nobody needs them for a while', async () => {
    const workers = createWarmWorkers({ ...options, maxIdleMs: 1 });
    const worker = workers.take();
    workers.giveBack(worker);
    // Nothing else keeps the process from ending.
    worker.ref();
    await once(worker, 'exit');
    const next = workers.take();
    assert.notEqual(next, worker);
    await next.terminate();
  });

  it('are replaced, and take nobody with them, when they die while they wait', async () => {
    const workers = createWarmWorkers(options);
    const worker = workers.take();
    workers.giveBack(worker);
    worker.ref();
    worker.postMessage('die');
    await once(worker, 'exit').catch(() => once(worker, 'exit'));
    const next = workers.take();
    assert.notEqual(next, worker);
    await next.terminate();
  });

  it('end with the bot, those too that come back later', async () => {
    const workers = createWarmWorkers(options);
    const [waiting, busy] = [workers.take(), workers.take()];
    const ends = Promise.all([once(waiting, 'exit'), once(busy, 'exit')]);
    workers.giveBack(waiting);
    workers.close();
    workers.giveBack(busy);
    waiting.ref();
    await ends;
  });
});
