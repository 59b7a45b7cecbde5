// Instances on one PostgreSQL know how many they are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import { createInstances, type Membership } from '../../../../src/adapters/store/conversations/instances.ts';
import type { Log } from '../../../../src/ports/runtime.ts';
import { noLog } from '../../../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { collectingLog } from '../../../support/surroundings/quiet.ts';

async function untilIt(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(50);
}

describeWithPostgres('instances on one database', () => {
  let database: Database;
  let drop: () => Promise<void>;
  const joined: Membership[] = [];
  const join = async (id: string = randomUUID(), log: Pick<Log, 'warn'> = noLog): Promise<Membership> => {
    const one = createInstances({ db: database.db, id, log });
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
    await sql`INSERT INTO instances VALUES (${killed}, now())`.execute(database.db);
    assert.equal((await join()).living(), 4);
    await leaves.leave();
    await sql`UPDATE instances SET seen_at = now() - interval '9 seconds' WHERE id = ${killed}`.execute(
      database.db,
    );
    await untilIt(() => stays.living() === 2);
  });

  it('go on with what they counted last while the database does not answer, and join not without it', async () => {
    const id = randomUUID();
    await join();
    const log = collectingLog();
    const one = await join(id, log);
    await sql`ALTER TABLE instances RENAME TO away`.execute(database.db);
    try {
      await assert.rejects(createInstances({ db: database.db, id, log: noLog }).join());
      await untilIt(() => log.lines.some(({ message }) => /could not be counted/.test(message)));
      assert.equal(one.living(), 2);
    } finally {
      await sql`ALTER TABLE away RENAME TO instances`.execute(database.db);
    }
  });
});
