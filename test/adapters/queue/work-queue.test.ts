import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createWorkQueue, type Queue } from '../../../src/adapters/queue/work-queue.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import { createTransact } from '../../../src/adapters/store/transact.ts';
import { describeOnBothEngines, noLog, systemClock } from '../../support/databases/databases.ts';
import { wakeOf } from '../../support/databases/what-is-stored.ts';
import { createSignal } from '../../support/surroundings/signal.ts';
import { idleExport, somebody } from '../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../support/samples/sample-vault.ts';

const inAnHour = (): Date => new Date(Date.now() + 3600_000);
const soon = (): Date => new Date();

describeOnBothEngines('the work queue', (given) => {
  let queue: Queue;
  const handlers = new Map<string, () => Promise<void>>();
  const schedule = (exportId: string, at: Date): Promise<void> =>
    queue.in(given().database.db).schedule(exportId, at);
  const insert = async (tenantId?: string): Promise<string> => {
    const job = idleExport(tenantId === undefined ? {} : { requester: somebody({ tenantId }) });
    await createStores(given().database.db, idleQueue, sampleVault).exports.insert(job);
    return job.id;
  };
  /** Queues new exports that are due at once. */
  const put = async (handler: () => Promise<void>, tenantId?: string): Promise<string> => {
    const exportId = await insert(tenantId);
    handlers.set(exportId, handler);
    await schedule(exportId, soon());
    return exportId;
  };

  /** New exports that nobody wakes yet. */
  const many = async (count: number, handler: () => Promise<void>, tenantId?: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let nth = 0; nth < count; nth += 1) {
      const exportId = await insert(tenantId);
      handlers.set(exportId, handler);
      ids.push(exportId);
    }
    return ids;
  };
  /** All at once, as if they had become due in the same moment. */
  const scheduleAll = (ids: readonly string[]): Promise<void> =>
    given().database.db.transaction(async (trx) => {
      for (const id of ids) await queue.in(trx).schedule(id, soon());
    });

  before(async () => {
    queue = await createWorkQueue(given().database, { log: noLog, clock: systemClock });
    queue.start((exportId) => handlers.get(exportId)?.() ?? Promise.resolve());
  });
  after(async () => {
    await queue.stop(1000);
  });

  it('runs what is due, and leaves nothing behind', async () => {
    const done = createSignal();
    const exportId = await put(async () => {
      await Promise.resolve();
      done.raise();
    });
    await done.raised;
    while ((await wakeOf(given().database, exportId)).length > 0) await pause(10);
  });

  it('keeps one entry for each export, moved to earlier or later', async () => {
    const exportId = await insert();
    for (const minutes of [60, 120, 10, 1440 * 30]) {
      await schedule(exportId, new Date(Date.now() + minutes * 60_000));
      assert.deepEqual(await wakeOf(given().database, exportId), [{ state: 'waits', minutes }]);
    }
  });

  it('keeps one entry although 20 schedule it at once on two instances', async () => {
    const exportId = await insert();
    const other = (await given().otherInstance()).db;
    await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        nth % 2 === 0 ? schedule(exportId, inAnHour()) : queue.in(other).schedule(exportId, inAnHour()),
      ),
    );
    assert.equal((await wakeOf(given().database, exportId)).length, 1);
  });

  it('commits and rolls back with the row', async () => {
    const { database } = given();
    const transact = createTransact(database.db, { queueIn: queue.in, vault: sampleVault });
    const stores = createStores(database.db, queue.in(database.db), sampleVault);
    const [kept, lost] = [idleExport(), idleExport()];
    for (const job of [kept, lost]) {
      const written = transact(async ({ exports, queue: queueInside }) => {
        await exports.insert(job);
        await queueInside.schedule(job.id, inAnHour());
        if (job === lost) throw new Error('out of order');
      });
      await (job === lost ? assert.rejects(written, /out of order/) : written);
    }
    assert.ok(await stores.exports.load(kept.id));
    assert.equal((await wakeOf(database, kept.id)).length, 1);
    assert.equal(await stores.exports.load(lost.id), undefined);
    assert.deepEqual(await wakeOf(database, lost.id), []);
  });

  it('queues an export that is being worked on exactly once more', async () => {
    const scheduled = createSignal();
    const exportId = await put(async () => {
      await schedule(exportId, inAnHour());
      await schedule(exportId, inAnHour());
      scheduled.raise();
    });
    await scheduled.raised;
    assert.deepEqual(await wakeOf(given().database, exportId), [{ state: 'waits', minutes: 60 }]);
  });

  it('repeats what failed, and drops the repetition when the export is scheduled anew', async () => {
    const again = createSignal();
    let calls = 0;
    const exportId = await put(async () => {
      calls += 1;
      if (calls === 1) {
        await schedule(exportId, inAnHour());
        throw new Error('out of order');
      }
      await schedule(exportId, inAnHour());
      again.raise();
    });
    await again.raised;
    assert.deepEqual(await wakeOf(given().database, exportId), [{ state: 'waits', minutes: 60 }]);
  });

  it('is not held up by a slow one, and works on 240 at most', async () => {
    const slow = createSignal();
    const all = createSignal();
    let [running, mostAtOnce, finished] = [0, 0, 0];
    await put(() => slow.raised);
    const quick = async (): Promise<void> => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await given().database.ping(5000);
      running -= 1;
      finished += 1;
      if (finished === 300) all.raise();
    };
    await scheduleAll(await many(300, quick));
    await all.raised;
    assert.ok(mostAtOnce > 1 && mostAtOnce < 240, `${String(mostAtOnce)} beside the slow one`);
    slow.raise();
  });

  it('works on 119 of one tenant at most, and on others meanwhile', async () => {
    const finish = createSignal();
    const other = createSignal();
    let [running, mostAtOnce] = [0, 0];
    const slow = async (): Promise<void> => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await finish.raised;
      running -= 1;
    };
    const slowOnes = await many(260, slow, 'slow tenant');
    const answers = async (): Promise<void> => {
      await given().database.ping(5000);
      other.raise();
    };
    await scheduleAll([...slowOnes, ...(await many(1, answers, 'other tenant'))]);
    await other.raised;
    finish.raise();
    assert.ok(mostAtOnce > 1 && mostAtOnce < 120, `${String(mostAtOnce)} at once`);
  });

  it('goes by the clock of the database, however wrong the one of this machine is', async () => {
    const wrong = { now: () => new Date(Date.now() + 600_000) };
    const other = await createWorkQueue(given().database, { log: noLog, clock: wrong });
    const exportId = await insert();
    await other.in(given().database.db).schedule(exportId, new Date(wrong.now().getTime() + 1800_000));
    assert.deepEqual(await wakeOf(given().database, exportId), [{ state: 'waits', minutes: 30 }]);
    await other.stop(0);
  });
});
