import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import type { ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { ExportJobs } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { someExport, somebody, someTarget } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

const ready = (job: ExportJob): ExportJob => ({
  ...job,
  state: { status: 'ready', graphJobId: `job-of-${job.id}` },
});

describeOnBothEngines('lookups of exports', (given) => {
  let exports: ExportJobs;
  before(() => {
    exports = createExportJobs(given().database.db, sampleVault);
  });

  const inserted = async (change: Partial<ExportJob> = {}): Promise<ExportJob> => {
    const job = someExport(change);
    assert.equal(await exports.insert(job), 'inserted');
    return job;
  };

  it('counts one after another in a tenant, so that a limit holds', async () => {
    const tenantId = randomUUID();
    const limit = 3;
    const openWithinLimit = (inside: ExportJobs) => async (): Promise<void> => {
      await inside.lockCounts(tenantId);
      const requester = somebody({ tenantId });
      if ((await inside.counts(requester, new Date())).openOfTenant >= limit) return;
      await inside.insert(someExport({ requester }));
    };
    const instances = [given().database, await given().otherInstance()];
    const wishes = Array.from({ length: 12 }, (_, nth) => instances[nth % 2]?.db ?? assert.fail());
    await Promise.all(
      wishes.map((db) => db.transaction((trx) => openWithinLimit(createExportJobs(trx, sampleVault))())),
    );
    assert.equal((await exports.counts(somebody({ tenantId }), new Date())).openOfTenant, limit);
  });

  it('names every Graph job that a run holds or held, but for the current run of one', async () => {
    const [requester, target] = [somebody(), someTarget()];
    const [requestedAt, endedAt] = [new Date(), new Date()];
    const past = (graphJobId: string) => ({ requestedAt, endedAt, outcome: 'expired' as const, graphJobId });
    const one = someExport({ requester, target, pastRuns: [past('p1'), past('p2')] });
    const other = { ...ready(someExport({ requester, target })), pastRuns: [past('p3')] };
    const noJob = { requestedAt, endedAt, outcome: 'failed' as const };
    const third = { ...ready(someExport({ requester, target })), pastRuns: [noJob] };
    await exports.insert({ ...one, state: { status: 'waiting', graphJobId: 'current' } });
    const namesake = somebody({ userId: requester.userId });
    const strangers = [
      someExport({ requester }),
      someExport({ target }),
      someExport({ target, requester: namesake }),
    ];
    for (const job of [other, third, ...strangers.map(ready)]) {
      await exports.insert(job);
    }
    const held = await exports.heldGraphJobs(requester, target, one.id);
    assert.deepEqual(new Set(held), new Set(['p1', 'p2', 'p3', `job-of-${other.id}`, `job-of-${third.id}`]));
  });

  it('counts what is open, of any source, for a person and for a tenant', async () => {
    const requester = somebody();
    const colleague = somebody({ tenantId: requester.tenantId });
    await inserted({ requester });
    await inserted({ requester, target: { ...someTarget(), source: 'gardens' } });
    await inserted({ requester: colleague });
    await exports.insert(ready(someExport({ requester })));
    const { openOfPerson, openOfTenant } = await exports.counts(requester, new Date());
    assert.deepEqual({ openOfPerson, openOfTenant }, { openOfPerson: 2, openOfTenant: 3 });
    const none = { openOfPerson: 0, openOfTenant: 0, askedByPerson: 0 };
    assert.deepEqual(await exports.counts(somebody(), new Date()), none);
    assert.equal((await exports.openOf(requester)).length, 2);
  });

  it('counts runs asked for since then, retries included', async () => {
    const requester = somebody();
    const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 1, hour));
    const run = (hour: number) => ({ requestedAt: at(hour), endedAt: at(hour), outcome: 'failed' as const });
    await inserted({ requester, requestedAt: at(9), pastRuns: [run(5), run(7), run(8)] });
    await inserted({ requester, requestedAt: at(6) });
    await inserted({ requester, requestedAt: at(7) });
    assert.equal((await exports.counts(requester, at(7))).askedByPerson, 4);
    assert.equal((await exports.counts(requester, at(10))).askedByPerson, 0);
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
    const idsOf = (jobs: readonly ExportJob[]): ReadonlySet<string> => new Set(jobs.map(({ id }) => id));
    assert.deepEqual(idsOf(await exports.waitingFor(requester)), new Set([signIn, admin, asks]));
    assert.deepEqual(idsOf(await exports.waitingForConsent(requester.tenantId)), new Set([admin, asks]));
    assert.deepEqual(await exports.waitingForConsent(randomUUID()), []);
    const colleague = { ...requester, userId: randomUUID() };
    for (const [person, isConsentAwaited] of [
      [colleague, true],
      [somebody({ tenantId: randomUUID() }), false],
    ] as const)
      assert.deepEqual(await exports.concernedBySignIn(person), { isConsentAwaited, hasSchedules: false });
  });
});
