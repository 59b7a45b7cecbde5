/** Whom the queue gives an export that is due, when it is due next, and what a look that found nothing new writes. */
import assert from 'node:assert/strict';
import {
  countWakes,
  giveBackTaken,
  keepTaken,
  scheduleWake,
  settleTaken,
  untilNextWake,
} from '../../../../src/adapters/store/exports/export-wakes.ts';
import { takeDue } from '../../../../src/adapters/store/exports/take-due.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { TakenExport } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { wakeOf } from '../../../support/databases/what-is-stored.ts';
import { idleExport, someExport } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);

describeOnBothEngines('wakes of exports', (given) => {
  const exportsStore = () => createStores(given().database.db, idleQueue, sampleVault).exports;
  const put = async (seconds: number, job: ExportJob = idleExport()): Promise<ExportJob> => {
    await exportsStore().insert(job);
    await scheduleWake(given().database.db.acrossTenants('a test'), job.id, seconds);
    return job;
  };
  const take = (holder: string, more: Partial<Parameters<typeof takeDue>[1]> = {}) =>
    takeDue(given().database.db.acrossTenants('a test'), {
      holder,
      max: 10,
      exceptTenants: [],
      now: new Date(),
      ...more,
    });
  const idsOf = (taken: readonly TakenExport[]): readonly string[] => taken.map(({ exportId }) => exportId);
  const following = (due: Date): ExportJob =>
    someExport({ state: { status: 'running', graphJobId: 'j!1' }, due: { at: due, step: 'poll' } });

  beforeEach(async () => {
    await given().database.db.acrossTenants('a test').deleteFrom('exports').execute();
  });

  it('give those that are due to one worker, the longest overdue first', async () => {
    const [late, later] = [await put(-20), await put(-10)];
    await put(60);
    const [first] = await take('one', { max: 1 });
    assert.equal(first?.exportId, late.id);
    assert.deepEqual(first.found(), { job: late, isShown: true, crashes: 0 });
    assert.deepEqual(idsOf(await take('another')), [later.id]);
    assert.deepEqual(await take('one'), []);
    assert.deepEqual(await countWakes(given().database.db.acrossTenants('a test')), {
      queued: 1,
      ready: 0,
      active: 2,
    });
  });

  it('tell how long it is until the next', async () => {
    const { db } = given().database;
    assert.equal(await untilNextWake(db.acrossTenants('a test')), undefined);
    await put(60);
    await put(3600);
    assert.equal(Math.round(((await untilNextWake(db.acrossTenants('a test'))) ?? 0) / 60_000), 1);
  });

  it('leave out tenants, and what somebody has claimed', async () => {
    const [crowded, claimed] = [await put(-1), await put(-1)];
    await exportsStore().claim(claimed.id, 'at once', 60);
    assert.deepEqual(await take('one', { exceptTenants: [crowded.requester.tenantId] }), []);
    assert.deepEqual(idsOf(await take('one')), [crowded.id]);
  });

  it('come back when it is due next, once the worker is done, unless it was scheduled meanwhile', async () => {
    const { database } = given();
    const [due, none, scheduled] = [await put(-1, following(minutes(30))), await put(-1), await put(-1)];
    const taken = await take('one');
    await scheduleWake(database.db.acrossTenants('a test'), scheduled.id, 600);
    await keepTaken(database.db.acrossTenants('a test'), taken);
    await settleTaken(database.db.acrossTenants('a test'), taken, new Date());
    assert.deepEqual(await wakeOf(database, due.id), [{ state: 'waits', minutes: 30 }]);
    assert.deepEqual(await wakeOf(database, none.id), []);
    assert.deepEqual(await wakeOf(database, scheduled.id), [{ state: 'waits', minutes: 10 }]);
  });

  it('are given to another when they are given back', async () => {
    const job = await put(-1);
    const taken = await take('one');
    await giveBackTaken(given().database.db.acrossTenants('a test'), taken);
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'waits', minutes: 0 }]);
  });

  it('save looks that found nothing new in one go, and no look at what has changed', async () => {
    const { database } = given();
    const jobs = [];
    for (let nth = 0; nth < 4; nth += 1) jobs.push(await put(-1, following(minutes(0))));
    const taken = await take('one');
    const { settleLook, load, claim, save } = exportsStore();
    const [moved, scheduled] = jobs;
    assert.ok(moved && scheduled);
    await save({ ...moved, version: moved.version + 1 });
    await scheduleWake(database.db.acrossTenants('a test'), scheduled.id, 60);
    const next = { at: minutes(20), step: 'poll' } as const;
    const after = (job: ExportJob): ExportJob => ({
      ...job,
      due: next,
      contact: { ...job.contact, lookedAt: next.at },
    });
    const settled = await Promise.all(
      jobs.map((job) => settleLook({ before: job, after: after(job), now: new Date(), holder: 'one' })),
    );
    assert.deepEqual(settled, [false, false, true, true]);
    await settleTaken(database.db.acrossTenants('a test'), taken, new Date());
    for (const job of jobs.slice(2)) {
      assert.deepEqual(await load(job.id), after(job));
      assert.deepEqual(await wakeOf(database, job.id), [{ state: 'waits', minutes: 20 }]);
      assert.equal((await claim(job.id, 'another', 60))?.crashes, 0, 'it was given back');
    }
    assert.equal(await claim(moved.id, 'another', 60), undefined, 'it is still held');
  });
});
