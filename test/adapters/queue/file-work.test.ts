/** Work on files: a queue of its own, so that a file that takes long holds up no export. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createWorkQueue, type Queue } from '../../../src/adapters/queue/work-queue.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { FileWork } from '../../../src/ports/readings.ts';
import { describeOnBothEngines, noLog, systemClock } from '../../support/databases/databases.ts';
import { idleExport } from '../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../support/samples/sample-vault.ts';
import { createSignal } from '../../support/surroundings/signal.ts';

describeOnBothEngines('the queue of work on files', (given) => {
  let queue: Queue;
  const worked: FileWork[] = [];
  const gate = createSignal();
  const followed = createSignal();
  const done = createSignal();
  before(async () => {
    queue = await createWorkQueue(given().database, { log: noLog, clock: systemClock });
  });
  after(() => queue.stop(1000));

  it('lets exports pass while all its places are taken, and then does each piece once', async () => {
    const { schedule, scheduleFileWork } = queue.in(given().database.db);
    const works = Array.from({ length: 5 }, (): FileWork => ({ kind: 'readOwnFile', id: randomUUID() }));
    for (const work of works) {
      await scheduleFileWork(work, new Date());
      // Somebody else wants the same.
      await scheduleFileWork(work, new Date());
    }
    const job = idleExport();
    await createStores(given().database.db, idleQueue, sampleVault).exports.insert(job);
    await schedule(job.id, new Date());
    // Only now: what is being worked on already may be wanted once more.
    queue.start(
      () => {
        followed.raise();
        return Promise.resolve();
      },
      async (work) => {
        await gate.raised;
        worked.push(work);
        if (worked.length === 5) done.raise();
      },
    );
    await followed.raised;
    assert.deepEqual(worked, []);
    gate.raise();
    await done.raised;
    const ids = (from: readonly FileWork[]) => from.map(({ id }) => id).toSorted();
    assert.deepEqual(ids(worked), ids(works));
  });
});
