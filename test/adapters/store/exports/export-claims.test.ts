import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import type { ExportJobs } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';

describeOnBothEngines('claims on exports', (given) => {
  let exports: ExportJobs;
  let id: string;
  before(() => {
    exports = createExportJobs(given().database.db);
  });
  beforeEach(async () => {
    const job = someExport();
    await exports.insert(job);
    id = job.id;
  });

  it('go to one of 20 holders on two instances', async () => {
    const other = createExportJobs((await given().otherInstance()).db);
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        (nth % 2 === 0 ? exports : other).claim(id, `h${String(nth)}`, 30),
      ),
    );
    assert.equal(claims.filter((claim) => claim !== undefined).length, 1);
  });

  it('keep everybody out until they are given back, and hand out the export', async () => {
    const claim = await exports.claim(id, 'one', 30);
    assert.equal(claim?.job.id, id);
    assert.equal(await exports.claim(id, 'two', 30), undefined);
    assert.equal(await exports.claim(id, 'one', 30), undefined);
    await exports.releaseClaim(id, 'two');
    assert.equal(await exports.claim(id, 'two', 30), undefined);
    await exports.releaseClaim(id, 'one');
    assert.equal((await exports.claim(id, 'two', 30))?.job.id, id);
  });

  it('run out by the clock of the database, and count as a crash until one is given back', async () => {
    const crashes: (number | undefined)[] = [];
    for (const holder of ['a', 'b', 'c']) crashes.push((await exports.claim(id, holder, 0))?.crashes);
    assert.deepEqual(crashes, [0, 1, 2]);
    await exports.releaseClaim(id, 'c');
    assert.equal((await exports.claim(id, 'd', 30))?.crashes, 0);
  });

  it('count anew once the export moves on, but not when it is only written again', async () => {
    const crashesNow = async (): Promise<number | undefined> =>
      (await exports.claim(id, randomUUID(), 0))?.crashes;
    for (const crashes of [0, 1, 2]) assert.equal(await crashesNow(), crashes);
    const job = await exports.load(id);
    assert.ok(job);
    await exports.save({ ...job, version: job.version + 1 });
    assert.equal(await crashesNow(), 3);
    await exports.save({ ...job, state: { status: 'waiting', graphJobId: 'one' } });
    // The claim that is held now may still turn out to be a crash.
    assert.equal(await crashesNow(), 1);
    assert.equal(await crashesNow(), 2);
    await exports.save({ ...job, state: { status: 'waiting', graphJobId: 'two' } });
    assert.equal(await crashesNow(), 1);
    await exports.claim(id, 'last', 30);
    await exports.releaseClaim(id, 'last');
    await exports.save({ ...job, state: { status: 'starting', outcomeUnknown: false } });
    assert.equal(await crashesNow(), 0);
  });

  it('are given back as if they had not been taken, or as a crash', async () => {
    for (const holder of ['a', 'b', 'c']) await exports.claim(id, holder, 0);
    await exports.releaseClaim(id, 'c', 'untouched');
    assert.equal((await exports.claim(id, 'd', 30))?.crashes, 2);
    await exports.releaseClaim(id, 'd', 'broken');
    assert.equal((await exports.claim(id, 'e', 30))?.crashes, 3);
  });

  it('are extended by their holder only', async () => {
    await exports.claim(id, 'one', 0);
    assert.equal(await exports.extendClaim(id, 'two', 30), false);
    assert.equal(await exports.extendClaim(id, 'one', 30), true);
    assert.equal(await exports.claim(id, 'two', 30), undefined);
    await exports.extendClaim(id, 'one', 0);
    await exports.claim(id, 'two', 30);
    assert.equal(await exports.extendClaim(id, 'one', 30), false);
  });

  it('of an export that is not there are not given', async () => {
    assert.equal(await exports.claim(randomUUID(), 'one', 30), undefined);
  });
});
