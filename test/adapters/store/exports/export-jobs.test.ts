import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import type { ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { ExportJobs } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { wakeOf } from '../../../support/databases/what-is-stored.ts';
import { someExport, somebody, someTarget } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

const readyState = (job: ExportJob) => ({ status: 'ready', graphJobId: `job-of-${job.id}` }) as const;
const ready = (job: ExportJob): ExportJob => ({ ...job, state: readyState(job) });

describeOnBothEngines('export jobs', (given) => {
  let exports: ExportJobs;
  before(() => {
    exports = createExportJobs(given().database.db, sampleVault);
  });

  const inserted = async (change: Partial<ExportJob> = {}): Promise<ExportJob> => {
    const job = someExport(change);
    assert.equal(await exports.insert(job), 'inserted');
    return job;
  };

  it('gives back what was inserted', async () => {
    const job = await inserted();
    assert.deepEqual(await exports.load(job.id), job);
    assert.equal(await exports.load(randomUUID()), undefined);
  });

  it('opens one export for a person and view, out of 20 at once on two instances', async () => {
    const other = createExportJobs((await given().otherInstance()).db, sampleVault);
    const { requester, target } = someExport();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        (nth % 2 === 0 ? exports : other).insert(someExport({ requester, target })),
      ),
    );
    assert.equal(answers.filter((answer) => answer === 'inserted').length, 1);
    assert.equal(answers.filter((answer) => answer === 'alreadyOpen').length, 19);
  });

  it('is kept together with its wake', async () => {
    const job = someExport();
    await exports.insert(job, { wakeIn: 600 });
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'waits', minutes: 10 }]);
    await exports.save(job);
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'waits', minutes: 10 }]);
    await exports.save(job, { over: job, wakeIn: 1200 });
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'waits', minutes: 20 }]);
  });

  it('throws when an id is inserted twice', async () => {
    const job = await inserted();
    await assert.rejects(exports.insert(someExport({ id: job.id })));
  });

  it('opens another export of the view once the first has ended', async () => {
    const job = await inserted();
    assert.equal(await exports.save(ready(job)), 'saved');
    await inserted({ requester: job.requester, target: job.target });
  });

  it('saves the next version, and takes away what is no longer there', async () => {
    const job = await inserted();
    const { due: _due, ...settled } = {
      ...ready(job),
      version: 2,
      since: new Date('2026-03-01T08:00:00.123Z'),
    };
    assert.equal(await exports.save(settled), 'saved');
    assert.deepEqual(await exports.load(job.id), settled);
  });

  it('does not open an export again beside another one of the same view', async () => {
    const first = await inserted();
    await exports.save(ready(first));
    const second = await inserted({ requester: first.requester, target: first.target });
    assert.equal(await exports.save(first), 'alreadyOpen');
    assert.equal((await exports.load(first.id))?.state.status, 'ready');
    await exports.save(ready(second));
    assert.equal(await exports.save(first), 'saved');
  });

  it('goes on with the transaction in which re-opening was refused', async () => {
    const first = await inserted();
    await exports.save(ready(first));
    const second = await inserted({ requester: first.requester, target: first.target });
    const answer = await given().database.db.transaction(async (trx) => {
      const inside = createExportJobs(trx, sampleVault);
      const refused = await inside.save(first);
      await inside.save({ ...second, version: 7 });
      return refused;
    });
    assert.equal(answer, 'alreadyOpen');
    assert.equal((await exports.load(second.id))?.version, 7);
  });

  it('throws when there is nothing to save over', async () => {
    await assert.rejects(exports.save(someExport()), /is not there/);
    await assert.rejects(exports.save(ready(someExport())), /is not there/);
  });

  it('saves over what was read, and nothing where that has changed in any way', async () => {
    const read = await inserted();
    const looked = { ...read, contact: { ...read.contact, lookedAt: new Date() } };
    assert.equal(await exports.save(looked, { over: read }), 'saved');
    assert.equal(await exports.save(ready(read), { over: read }), 'overtaken');
    assert.deepEqual(await exports.load(read.id), looked);
    assert.equal(await exports.save(ready(looked), { over: looked }), 'saved');
    const gone = someExport();
    assert.equal(await exports.save(gone, { over: gone }), 'overtaken');
  });

  it('gives the claim back with the last write, but nobody else’s', async () => {
    const job = await inserted();
    const claim = async (holder: string) => (await exports.claim(job.id, holder, 1000))?.crashes;
    assert.equal(await claim('one'), 0);
    await exports.save(job, { doneBy: 'two' });
    assert.equal(await claim('two'), undefined);
    await exports.save(job, { doneBy: 'one' });
    assert.equal(await claim('two'), 0);
  });

  it('names the export whose row cannot be read', async () => {
    const job = await inserted();
    const broken = sql`UPDATE exports SET state = '{"status":"unheard-of"}' WHERE id = ${job.id}`;
    await broken.execute(given().database.db.acrossTenants('a test'));
    await assert.rejects(exports.load(job.id), new RegExp(`Export ${job.id} cannot be read`));
  });

  it('loads an own export only', async () => {
    const job = await inserted();
    const { tenantId, userId } = job.requester;
    assert.deepEqual(await exports.loadOwn(job.requester, job.id), job);
    assert.equal(await exports.loadOwn({ tenantId, userId: randomUUID() }, job.id), undefined);
    assert.equal(await exports.loadOwn({ tenantId: randomUUID(), userId }, job.id), undefined);
    assert.equal(await exports.loadOwn(job.requester, "not a GUID'"), undefined);
  });

  it('finds the newest export of a view, and the most recent of a person', async () => {
    const [requester, target] = [somebody(), someTarget()];
    const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 1, 8, minute));
    const older = ready(someExport({ requester, target, requestedAt: at(1) }));
    const newer = ready(someExport({ requester, target, requestedAt: at(2) }));
    const otherView = someExport({ requester, requestedAt: at(3) });
    for (const job of [newer, otherView, older]) await exports.insert(job);
    assert.equal((await exports.newest(requester, target))?.id, newer.id);
    assert.equal(await exports.newest(somebody(), target), undefined);
    assert.deepEqual(
      (await exports.recentOf(requester, 2)).map(({ id }) => id),
      [otherView.id, newer.id],
    );
  });

  it('finds the open export of a view before a newer one that has ended', async () => {
    const open = await inserted({ requestedAt: new Date('2026-03-01T08:00:00Z') });
    await exports.insert(ready(someExport({ requester: open.requester, target: open.target })));
    assert.equal((await exports.newest(open.requester, open.target))?.id, open.id);
  });
});

describeOnBothEngines('claims on exports', (given) => {
  let exports: ExportJobs;
  let id: string;
  before(() => {
    exports = createExportJobs(given().database.db, sampleVault);
  });
  beforeEach(async () => {
    const job = someExport();
    await exports.insert(job);
    id = job.id;
  });

  it('go to one of 20 holders on two instances', async () => {
    const other = createExportJobs((await given().otherInstance()).db, sampleVault);
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
