import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import { codeOf } from '../../../../src/adapters/store/engine/sql-errors.ts';
import { noLog } from '../../../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';

describeWithPostgres('what a transaction defers', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase({ kind: 'postgres', url: (await postgresDatabase()).url }, { log: noLog });
  });
  after(() => database.close());

  const all = (db = database.db) => db.acrossTenants('a test');
  const insert = (key: string) =>
    ({ tenant_id: 'contoso', conversation_id: 'here', activity_id: key }) as const;
  const stored = async (key: string): Promise<boolean> =>
    (await all()
      .selectFrom('inbound_activities')
      .select('activity_id')
      .where('activity_id', '=', key)
      .executeTakeFirst()) !== undefined;

  it('is there after the commit, in the order in which it was sent', async () => {
    const seen = await database.db.transaction(async (trx) => {
      const writing = all(trx.deferred);
      await writing.insertInto('inbound_activities').values(insert('first')).execute();
      await writing.updateTable('inbound_activities').set({ activity_id: 'then' }).execute();
      return all(trx).selectFrom('inbound_activities').select('activity_id').execute();
    });
    assert.deepEqual(seen, [{ activity_id: 'then' }]);
    assert.equal(await stored('then'), true);
  });

  it('ends the transaction where it fails, although nobody waited for it', async () => {
    const failing = database.db.transaction(async (trx) => {
      await all(trx).insertInto('inbound_activities').values(insert('lost')).execute();
      await all(trx.deferred).insertInto('inbound_activities').values(insert('lost')).execute();
      return 'done';
    });
    await assert.rejects(failing, (error) => codeOf(error) === '23505');
    assert.equal(await stored('lost'), false);
  });

  it('is what failed, whatever is asked after it', async () => {
    const failing = database.db.transaction(async (trx) => {
      await sql`SELECT 1 / 0`.execute(all(trx.deferred));
      await all(trx).insertInto('inbound_activities').values(insert('after')).execute();
    });
    await assert.rejects(failing, (error) => codeOf(error) === '22012');
    assert.equal(await stored('after'), false);
  });

  it('tells a full disk to who asks whether the database can be written', async () => {
    const full = database.db.transaction(async (trx) => {
      await sql`DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$`.execute(
        all(trx.deferred),
      );
    });
    await assert.rejects(full, (error) => codeOf(error) === '53100');
    await assert.rejects(database.ping(5_000), /no room/);
  });

  it('is an ordinary statement outside of one', async () => {
    const failing = sql`SELECT 1 / 0`.execute(all(database.db.deferred));
    await assert.rejects(failing, (error) => codeOf(error) === '22012');
  });
});
