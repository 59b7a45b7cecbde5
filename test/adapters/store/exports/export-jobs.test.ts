import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import type { ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { ExportJobs } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport, somebody, someView } from '../../../support/samples/sample-exports.ts';

const ready = (job: ExportJob): ExportJob => ({
  ...job,
  state: { status: 'ready', graphJobId: `job-of-${job.id}` },
});

describeOnBothEngines('export jobs', (given) => {
  let exports: ExportJobs;
  before(() => {
    exports = createExportJobs(given().database.db);
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
    const other = createExportJobs((await given().otherInstance()).db);
    const { requester, view } = someExport();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        (nth % 2 === 0 ? exports : other).insert(someExport({ requester, view })),
      ),
    );
    assert.equal(answers.filter((answer) => answer === 'inserted').length, 1);
    assert.equal(answers.filter((answer) => answer === 'alreadyOpen').length, 19);
  });

  it('throws when an id is inserted twice', async () => {
    const job = await inserted();
    await assert.rejects(exports.insert(someExport({ id: job.id })));
  });

  it('opens another export of the view once the first has ended', async () => {
    const job = await inserted();
    assert.equal(await exports.save(ready(job)), 'saved');
    await inserted({ requester: job.requester, view: job.view });
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
    const second = await inserted({ requester: first.requester, view: first.view });
    assert.equal(await exports.save(first), 'alreadyOpen');
    assert.equal((await exports.load(first.id))?.state.status, 'ready');
    await exports.save(ready(second));
    assert.equal(await exports.save(first), 'saved');
  });

  it('goes on with the transaction in which re-opening was refused', async () => {
    const first = await inserted();
    await exports.save(ready(first));
    const second = await inserted({ requester: first.requester, view: first.view });
    const answer = await given()
      .database.db.transaction()
      .execute(async (trx) => {
        const inside = createExportJobs(trx);
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

  it('names the export whose row cannot be read', async () => {
    const job = await inserted();
    const broken = sql`UPDATE exports SET state = '{"status":"unheard-of"}' WHERE id = ${job.id}`;
    await broken.execute(given().database.db);
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
    const [requester, view] = [somebody(), someView()];
    const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 1, 8, minute));
    const older = ready(someExport({ requester, view, requestedAt: at(1) }));
    const newer = ready(someExport({ requester, view, requestedAt: at(2) }));
    const otherView = someExport({ requester, requestedAt: at(3) });
    for (const job of [newer, otherView, older]) await exports.insert(job);
    assert.equal((await exports.newest(requester, view))?.id, newer.id);
    assert.equal(await exports.newest(somebody(), view), undefined);
    assert.deepEqual(
      (await exports.recentOf(requester, 2)).map(({ id }) => id),
      [otherView.id, newer.id],
    );
  });

  it('finds the open export of a view before a newer one that has ended', async () => {
    const open = await inserted({ requestedAt: new Date('2026-03-01T08:00:00Z') });
    await exports.insert(ready(someExport({ requester: open.requester, view: open.view })));
    assert.equal((await exports.newest(open.requester, open.view))?.id, open.id);
  });

  it('counts one after another in a tenant, so that a limit holds', async () => {
    const tenantId = randomUUID();
    const limit = 3;
    const openWithinLimit = (inside: ExportJobs) => async (): Promise<void> => {
      await inside.lockCounts(tenantId);
      if ((await inside.countOpen({ tenantId })) >= limit) return;
      await inside.insert(someExport({ requester: somebody({ tenantId }) }));
    };
    const instances = [given().database, await given().otherInstance()];
    const wishes = Array.from({ length: 12 }, (_, nth) => instances[nth % 2]?.db ?? assert.fail());
    await Promise.all(
      wishes.map((db) => db.transaction().execute((trx) => openWithinLimit(createExportJobs(trx))())),
    );
    assert.equal(await exports.countOpen({ tenantId }), limit);
  });

  it('names every Graph job that a run holds or held, but for the current run of one', async () => {
    const [requester, view] = [somebody(), someView()];
    const [requestedAt, endedAt] = [new Date(), new Date()];
    const past = (graphJobId: string) => ({ requestedAt, endedAt, outcome: 'expired' as const, graphJobId });
    const one = someExport({ requester, view, pastRuns: [past('p1'), past('p2')] });
    const other = { ...ready(someExport({ requester, view })), pastRuns: [past('p3')] };
    const noJob = { requestedAt, endedAt, outcome: 'failed' as const };
    const third = { ...ready(someExport({ requester, view })), pastRuns: [noJob] };
    await exports.insert({ ...one, state: { status: 'waiting', graphJobId: 'current' } });
    const namesake = somebody({ userId: requester.userId });
    const strangers = [
      someExport({ requester }),
      someExport({ view }),
      someExport({ view, requester: namesake }),
    ];
    for (const job of [other, third, ...strangers.map(ready)]) {
      await exports.insert(job);
    }
    const held = await exports.heldGraphJobs(requester, view, one.id);
    assert.deepEqual(new Set(held), new Set(['p1', 'p2', 'p3', `job-of-${other.id}`, `job-of-${third.id}`]));
  });

  it('counts what is open, for a person and for a tenant', async () => {
    const requester = somebody();
    const colleague = somebody({ tenantId: requester.tenantId });
    await inserted({ requester });
    await inserted({ requester });
    await inserted({ requester: colleague });
    await exports.insert(ready(someExport({ requester })));
    assert.equal(await exports.countOpen(requester), 2);
    assert.equal(await exports.countOpen({ tenantId: requester.tenantId }), 3);
    assert.equal(await exports.countOpen(somebody()), 0);
    assert.equal((await exports.openOf(requester)).length, 2);
  });

  it('counts runs asked for since then, retries included', async () => {
    const requester = somebody();
    const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 1, hour));
    const run = (hour: number) => ({ requestedAt: at(hour), endedAt: at(hour), outcome: 'failed' as const });
    await inserted({ requester, requestedAt: at(9), pastRuns: [run(5), run(7), run(8)] });
    await inserted({ requester, requestedAt: at(6) });
    await inserted({ requester, requestedAt: at(7) });
    assert.equal(await exports.countRequestedSince(requester, at(7)), 4);
    assert.equal(await exports.countRequestedSince(requester, at(10)), 0);
  });

  it('knows who waits: for a person, and for an administrator', async () => {
    const requester = somebody();
    const waits = async (state: ExportJob['state']): Promise<string> =>
      (await inserted({ requester, state })).id;
    const signIn = await waits({ status: 'waitingForSignIn', cause: 'signIn' });
    const admin = await waits({ status: 'waitingForSignIn', cause: 'adminConsent' });
    const asks = await waits({ status: 'ready', graphJobId: 'g', signInCause: 'adminConsent' });
    await waits({ status: 'ready', graphJobId: 'g' });
    await waits({ status: 'parked', cause: 'operatorFault' });
    assert.deepEqual(new Set(await exports.waitingFor(requester)), new Set([signIn, admin, asks]));
    assert.deepEqual(new Set(await exports.waitingForConsent(requester.tenantId)), new Set([admin, asks]));
    assert.deepEqual(await exports.waitingForConsent(randomUUID()), []);
  });
});
