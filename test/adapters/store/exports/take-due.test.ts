/** A look at Graph is settled as it is taken: what its row says then, whom it keeps out, and what becomes of it when its process dies. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { createOnlyInstance } from '../../../../src/adapters/store/conversations/instances.ts';
import { countWakes, keepTaken } from '../../../../src/adapters/store/exports/export-wakes.ts';
import { bringBackLostLooks } from '../../../../src/adapters/store/exports/lost-looks.ts';
import { holderOf, takeDue } from '../../../../src/adapters/store/exports/take-due.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import { noContact, type ExportJob } from '../../../../src/domain/exports/export-job.ts';
import type { TakenExport } from '../../../../src/ports/export-jobs.ts';
import { describeOnBothEngines, noLog } from '../../../support/databases/databases.ts';
import { wakeOf } from '../../../support/databases/what-is-stored.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

/** Looked at for so many seconds, every so many. */
const followed = (age: number, every: number): ExportJob =>
  someExport({
    state: { status: 'running', graphJobId: 'j!1' },
    due: { at: before(1), step: 'poll' },
    contact: { ...noContact, followedSince: before(age), lookedAt: before(1 + every) },
  });

describeOnBothEngines('a look that is settled as it is taken', (given) => {
  const store = () => createStores(given().database.db, idleQueue, sampleVault).exports;
  const put = async (job: ExportJob): Promise<ExportJob> => {
    await store().insert(job, { wakeIn: -1 });
    return job;
  };
  const take = async (instance: string, nth = 1): Promise<TakenExport> => {
    const holder = holderOf(instance, `claim ${String(nth)}`);
    const [taken] = await takeDue(given().database.db.acrossTenants('a test'), {
      holder,
      max: 10,
      exceptTenants: [],
      now,
    });
    assert.ok(taken, 'it is due');
    return taken;
  };
  const isDueAgain = (id: string): Promise<unknown> =>
    sql`UPDATE exports SET wake_at = now() WHERE id = ${id}`.execute(
      given().database.db.acrossTenants('a test'),
    );
  const sawInstance = (id: string, secondsAgo: number): Promise<unknown> =>
    sql`INSERT INTO instances VALUES (${id}, now() - ${secondsAgo}::float8 * interval '1 second')
      ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at`.execute(
      given().database.db.acrossTenants('a test'),
    );
  /** As if its taking had been so long ago. */
  const wasTaken = (id: string, secondsAgo: number): Promise<unknown> =>
    sql`UPDATE exports SET claimed_until = claimed_until - ${secondsAgo}::float8 * interval '1 second'
      WHERE id = ${id}`.execute(given().database.db.acrossTenants('a test'));
  const crashesOf = async (id: string): Promise<number | undefined> =>
    (await store().claim(id, 'somebody', 60))?.crashes;

  beforeEach(async () => {
    await given().database.db.acrossTenants('a test').deleteFrom('exports').execute();
    await given().database.db.acrossTenants('a test').deleteFrom('instances').execute();
  });

  for (const { age, every, next } of [
    { age: 20, every: 3, next: 3 },
    { age: 31, every: 3, next: 10 },
    { age: 400, every: 30, next: 30 },
    { age: 601, every: 30, next: 60 },
    { age: 9000, every: 300, next: 300 },
    { age: 9000, every: 31.5, next: 31.5 },
  ])
    it(`is due again in ${String(next)} s at the age of ${String(age)} s, after ${String(every)} s`, async () => {
      const job = await put(followed(age, every));
      const { found, heldAfterSeconds } = await take('one');
      const { settledAhead, job: taken, crashes } = found();
      assert.deepEqual(settledAhead, { dueSince: job.due?.at });
      assert.equal(heldAfterSeconds, Math.min(2.5, next / 2));
      assert.equal(crashes, 0);
      const due = { at: before(-next), step: 'poll' } as const;
      assert.deepEqual(taken, { ...job, due, contact: { ...job.contact, lookedAt: now } });
      assert.deepEqual(await store().load(job.id), taken);
      const { rows } = await sql<{ left: number }>`SELECT extract(epoch FROM wake_at - now())::float8 AS left
        FROM exports`.execute(given().database.db.acrossTenants('a test'));
      assert.ok(Math.abs((rows[0]?.left ?? 0) - next) < 2, 'and woken');
    });

  it('keeps nobody out, and is not taken before it is due again', async () => {
    const job = await put(followed(700, 60));
    await take('one');
    const again = { holder: 'two', max: 10, exceptTenants: [], now };
    assert.deepEqual(await takeDue(given().database.db.acrossTenants('a test'), again), []);
    assert.equal((await store().claim(job.id, 'a person', 15))?.crashes, 0);
    assert.equal(await store().claim(job.id, 'another', 15), undefined, 'that is a claim');
  });

  it('is held like anything else once it takes long', async () => {
    const job = await put(followed(700, 60));
    const { holder } = await take('one');
    assert.equal(await store().extendClaim(job.id, holder, 15), true);
    assert.equal(await store().claim(job.id, 'another', 15), undefined);
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'taken', minutes: 0 }]);
    await wasTaken(job.id, 20);
    assert.equal(await crashesOf(job.id), 1, 'a death is counted');
  });

  it('is not moved by the heartbeats of its worker', async () => {
    const job = await put(followed(9000, 300));
    await keepTaken(given().database.db.acrossTenants('a test'), [await take('one')]);
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'taken', minutes: 5 }]);
  });

  it('comes back soon when something new was saved and its worker dies before showing it', async () => {
    const job = await put(followed(9000, 300));
    const { holder, found } = await take('one');
    await store().save({ ...found().job, version: 2 }, { over: found().job, doneBy: holder });
    assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'taken', minutes: 0 }]);
    assert.equal(await crashesOf(job.id), 0, 'it is given back');
  });

  it('counts as in hand for some seconds, and as waiting after that', async () => {
    const { db } = given().database;
    const job = await put(followed(700, 60));
    await take('one');
    assert.deepEqual(await countWakes(db.acrossTenants('a test')), { queued: 0, ready: 0, active: 1 });
    await wasTaken(job.id, 6);
    assert.deepEqual(await countWakes(db.acrossTenants('a test')), { queued: 1, ready: 0, active: 0 });
    await isDueAgain(job.id);
    assert.deepEqual(await countWakes(db.acrossTenants('a test')), { queued: 1, ready: 1, active: 0 });
  });

  it('is taken as a claim where its instance may have died in the look before', async () => {
    const job = await put(followed(20, 3));
    await take('one');
    await sawInstance('one', 0.2);
    await isDueAgain(job.id);
    const { found } = await take('two');
    assert.equal(found().settledAhead, undefined);
    assert.equal(found().crashes, 0, 'it is not blamed');
  });

  for (const [who, prepare] of [
    ['the same instance', async () => {}],
    ['one that has left', async () => sawInstance('three', 0)],
    ['one that was seen after it', async () => sawInstance('one', 0)],
  ] as const)
    it(`is settled again after a look of ${who}`, async () => {
      const job = await put(followed(700, 60));
      await take('one');
      await wasTaken(job.id, 10);
      await prepare();
      await isDueAgain(job.id);
      const { found } = await take(who === 'the same instance' ? 'one' : 'two', 2);
      assert.ok(found().settledAhead);
    });

  describe('when its instance has died', () => {
    it('comes back at once with a crash to its name, is claimed then, and clean after it', async () => {
      const { db } = given().database;
      const [old, last] = [await put(followed(700, 60)), await put(followed(700, 60))];
      await takeDue(db.acrossTenants('a test'), {
        holder: holderOf('one', 'claim'),
        max: 10,
        exceptTenants: [],
        now,
      });
      await wasTaken(old.id, 6);
      await sawInstance('one', 3600);
      const lost = { id: 'one', seenAt: Date.now() / 1000 - 3600 };
      await bringBackLostLooks(db.acrossTenants('a test'), lost, 'two');
      await bringBackLostLooks(db.acrossTenants('a test'), lost, 'two');
      assert.deepEqual(await wakeOf(given().database, old.id), [{ state: 'taken', minutes: 1 }]);
      const { exportId, holder, found } = await take('two');
      assert.equal(exportId, last.id);
      assert.equal(found().crashes, 1);
      assert.equal(found().settledAhead, undefined);
      await store().releaseClaim(last.id, holder);
      await isDueAgain(last.id);
      assert.ok((await take('two', 2)).found().settledAhead);
    });

    it('does not where the instance was seen after it', async () => {
      const job = await put(followed(700, 60));
      await take('one');
      await sawInstance('one', 9);
      await bringBackLostLooks(
        given().database.db.acrossTenants('a test'),
        { id: 'one', seenAt: Date.now() / 1000 + 60 },
        'two',
      );
      assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'taken', minutes: 1 }]);
    });

    it('comes back with the next start of an embedded database, and not when it had signed off', async () => {
      const { db } = given().database;
      const instance = (id: string) =>
        createOnlyInstance({
          db,
          id,
          log: noLog,
          bringBack: (lost) => bringBackLostLooks(db.acrossTenants('a test'), lost, id),
        });
      const job = await put(followed(9000, 300));
      await instance('one').join();
      await take('one');
      await instance('two').join();
      assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'waits', minutes: 0 }]);
      const { holder } = await take('two');
      await store().releaseClaim(job.id, holder);
      await isDueAgain(job.id);
      await take('two', 2);
      await instance('two').leave();
      await instance('three').join();
      assert.deepEqual(await wakeOf(given().database, job.id), [{ state: 'taken', minutes: 5 }]);
    });
  });

  it('is held as broken when its work ends with an error', async () => {
    const job = await put(followed(700, 60));
    const { holder } = await take('one');
    await store().releaseClaim(job.id, holder, 'broken');
    assert.equal(await crashesOf(job.id), 1);
  });

  it('is claimed where its row does not say how often it is looked at', async () => {
    const job = await put(followed(700, 60));
    await sql`UPDATE exports SET followed_since = NULL WHERE id = ${job.id}`.execute(
      given().database.db.acrossTenants('a test'),
    );
    const { found } = await take('one');
    assert.equal(found().settledAhead, undefined);
    assert.deepEqual(found().job, job);
  });
});
