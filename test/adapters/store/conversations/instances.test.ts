// Instances on one PostgreSQL know how many they are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import {
  createInstances,
  type LostInstance,
  type Membership,
} from '../../../../src/adapters/store/conversations/instances.ts';
import { bringBackLostLooks } from '../../../../src/adapters/store/exports/lost-looks.ts';
import { holderOf, takeDue } from '../../../../src/adapters/store/exports/take-due.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import { noContact } from '../../../../src/domain/exports/export-job.ts';
import type { Log } from '../../../../src/ports/runtime.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { noLog } from '../../../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { wakeOf } from '../../../support/databases/what-is-stored.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';
import { collectingLog } from '../../../support/surroundings/quiet.ts';

async function untilIt(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

describeWithPostgres('instances on one database', () => {
  let database: Database;
  let drop: () => Promise<void>;
  const joined: Membership[] = [];
  const deps = (id: string) => ({
    db: database.db,
    id,
    bringBack: (lost: LostInstance) => bringBackLostLooks(database.db.acrossTenants('a test'), lost, id),
  });
  const join = async (id: string = randomUUID(), log: Pick<Log, 'warn'> = noLog): Promise<Membership> => {
    const one = createInstances({ ...deps(id), log });
    joined.push(one);
    await one.join();
    return one;
  };
  before(async () => {
    const made = await postgresDatabase();
    drop = made.drop;
    database = await openDatabase({ kind: 'postgres', url: made.url }, { log: noLog });
  });
  afterEach(async () => {
    await Promise.all(joined.splice(0).map((one) => one.leave()));
  });
  after(async () => {
    await database.close();
    await drop();
  });

  it('know of whoever was there before them at once, and of a newcomer soon', async () => {
    const first = await join();
    assert.equal(first.living(), 1);
    const second = await join();
    assert.equal(second.living(), 2);
    assert.equal(second.isNew(), true);
    await untilIt(() => first.living() === 2);
  });

  it('count nobody who has left, nor who was killed some seconds ago', async () => {
    const [stays, leaves] = [await join(), await join()];
    const killed = randomUUID();
    await sql`INSERT INTO instances VALUES (${killed}, now())`.execute(database.db.acrossTenants('a test'));
    assert.equal((await join()).living(), 4);
    await leaves.leave();
    await sql`UPDATE instances SET seen_at = now() - interval '9 seconds' WHERE id = ${killed}`.execute(
      database.db.acrossTenants('a test'),
    );
    await untilIt(() => stays.living() === 2);
  });

  it('bring back what one that was killed was looking at, within some seconds', async () => {
    const killed = randomUUID();
    const { db } = database;
    const exports = createStores(db, idleQueue, sampleVault).exports;
    const job = someExport({
      state: { status: 'running', graphJobId: 'j!1' },
      due: { at: new Date(), step: 'poll' },
      contact: { ...noContact, followedSince: new Date(Date.now() - 2 * 3600_000) },
    });
    await exports.insert(job, { wakeIn: -1 });
    const stays = await join();
    await sql`INSERT INTO instances VALUES (${killed}, now() - interval '9 seconds')`.execute(
      db.acrossTenants('a test'),
    );
    await takeDue(db.acrossTenants('a test'), {
      holder: holderOf(killed, 'claim'),
      max: 1,
      exceptTenants: [],
      now: new Date(),
    });
    await untilIt(async () => (await wakeOf(database, job.id))[0]?.minutes === 0);
    assert.equal((await exports.claim(job.id, 'somebody', 15))?.crashes, 1);
    assert.equal(stays.living(), 1);
  });

  it('go on with what they counted last while the database does not answer, and join not without it', async () => {
    const id = randomUUID();
    await join();
    const log = collectingLog();
    const one = await join(id, log);
    await asOwner(database, (owner) => sql`ALTER TABLE instances RENAME TO away`.execute(owner));
    try {
      await assert.rejects(createInstances({ ...deps(id), log: noLog }).join());
      await untilIt(() => log.lines.some(({ message }) => /could not be counted/.test(message)));
      assert.equal(one.living(), 2);
    } finally {
      await asOwner(database, (owner) => sql`ALTER TABLE away RENAME TO instances`.execute(owner));
    }
  });
});
