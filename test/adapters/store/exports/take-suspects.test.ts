/** What processes may have died of is not taken by those that are too young to tell. */
import assert from 'node:assert/strict';
import { createWakes } from '../../../../src/adapters/queue/wakes.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import { holderOf, takeDue } from '../../../../src/adapters/store/exports/take-due.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

describeOnBothEngines('an export that processes have died with in hand', (given) => {
  it('is left alone by whoever may take fewer deaths, which counts as none', async () => {
    const { db } = given().database;
    const { exports } = createStores(db, idleQueue, sampleVault);
    const now = new Date();
    const job = someExport({
      state: { status: 'starting', outcomeUnknown: true },
      due: { at: new Date(now.getTime() - 1_000), step: 'start' },
    });
    await exports.insert(job, { wakeIn: -1 });
    for (const dead of ['one', 'two']) await exports.claim(job.id, dead, 0);
    const takeUpTo = (mostDeaths: number) =>
      takeDue(db.acrossTenants('a test'), {
        holder: holderOf('young', 'claim'),
        max: 1,
        exceptTenants: [],
        now,
        mostDeaths,
      });
    for (let nth = 0; nth < 3; nth += 1) assert.deepEqual(await takeUpTo(1), []);
    const [taken] = await takeUpTo(2);
    assert.equal(taken?.found().crashes, 2);
  });

  it('is not given to the worker of a process that has just begun, where one death is', async () => {
    const { db } = given().database;
    const { exports } = createStores(db, idleQueue, sampleVault);
    const [once, twice] = [someExport(), someExport()];
    for (const job of [once, twice]) {
      await exports.insert(job, { wakeIn: -1 });
      await exports.claim(job.id, 'one', 0);
    }
    await exports.claim(twice.id, 'two', 0);
    const wakes = createWakes({ db, clock: { now: () => new Date() }, instanceId: 'young' });
    const ids = (await wakes.fetch(10, [])).map(({ exportId }) => exportId);
    assert.deepEqual([ids.includes(once.id), ids.includes(twice.id)], [true, false]);
  });
});
