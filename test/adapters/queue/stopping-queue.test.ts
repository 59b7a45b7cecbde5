import assert from 'node:assert/strict';
import { createWorkQueue, type Queue } from '../../../src/adapters/queue/work-queue.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import { describeOnBothEngines, noLog, systemClock } from '../../support/databases/databases.ts';
import { wakeOf } from '../../support/databases/what-is-stored.ts';
import { expireClaims } from '../../support/rig/claims.ts';
import { idleExport } from '../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../support/samples/sample-vault.ts';
import { createSignal } from '../../support/surroundings/signal.ts';

const soon = (): Date => new Date();

describeOnBothEngines('a work queue that stops', (given) => {
  const open = (database: Database): Promise<Queue> =>
    createWorkQueue(database, { log: noLog, clock: systemClock });
  const insert = async (): Promise<string> => {
    const job = idleExport();
    await createStores(given().database.db, idleQueue, sampleVault).exports.insert(job);
    return job.id;
  };

  it('waits for what runs', async () => {
    const queue = await open(given().database);
    const [started, finish] = [createSignal(), createSignal()];
    const order: string[] = [];
    queue.start(async () => {
      started.raise();
      await finish.raised;
      order.push('finished');
    });
    const { database } = given();
    const exportId = await insert();
    await queue.in(database.db).schedule(exportId, soon());
    await started.raised;
    const stopped = queue.stop(30_000).then(() => order.push('stopped'));
    // As long as it waits, somebody else gets many answers.
    for (let nth = 0; nth < 20; nth += 1) await database.ping(5000);
    finish.raise();
    await stopped;
    assert.deepEqual(order, ['finished', 'stopped']);
    assert.deepEqual(await wakeOf(database, exportId), []);
  });

  it('gives back what does not end in time, and somebody else does it', async () => {
    const exportId = await insert();
    const queue = await open(given().database);
    const started = createSignal();
    queue.start(() => {
      started.raise();
      return new Promise(() => undefined);
    });
    await queue.in(given().database.db).schedule(exportId, soon());
    await started.raised;
    await queue.stop(0);
    // Instead of waiting until the claim runs out, which may still be at work.
    await expireClaims(given().database);
    const next = await open(await given().otherInstance());
    const taken = Promise.withResolvers<string>();
    next.start((id) => {
      taken.resolve(id);
      return Promise.resolve();
    });
    assert.equal(await taken.promise, exportId);
    await next.stop(1000);
  });

  it('leaves each export to one of two instances', async () => {
    const queues = [await open(given().database), await open(await given().otherInstance())];
    const all = createSignal();
    const worked: string[] = [];
    const ids = await Promise.all(Array.from({ length: 60 }, insert));
    for (const id of ids) await queues[0]?.in(given().database.db).schedule(id, soon());
    for (const queue of queues) {
      queue.start((id) => {
        worked.push(id);
        if (worked.length === ids.length) all.raise();
        return Promise.resolve();
      });
    }
    await all.raised;
    await Promise.all(queues.map((queue) => queue.stop(1000)));
    assert.deepEqual(worked.sort(), ids.sort());
  });
});
