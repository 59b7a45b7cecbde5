import assert from 'node:assert/strict';
import { sql } from 'kysely';
import pg from 'pg';
import {
  openDatabase,
  type Database,
  type ScopedDb,
} from '../../../../src/adapters/store/engine/database.ts';
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

  it('is lost with a transaction whose work has failed', async () => {
    const failing = database.db.transaction(async (trx) => {
      await all(trx.deferred).insertInto('inbound_activities').values(insert('undone')).execute();
      throw new Error('no more');
    });
    await assert.rejects(failing, /no more/);
    assert.equal(await stored('undone'), false);
  });

  it('is an ordinary statement outside of one', async () => {
    const failing = sql`SELECT 1 / 0`.execute(all(database.db.deferred));
    await assert.rejects(failing, (error) => codeOf(error) === '22012');
  });
});

describeWithPostgres('what a transaction asks', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase({ kind: 'postgres', url: (await postgresDatabase()).url }, { log: noLog });
  });
  after(() => database.close());

  it('is sent at once, before the answer to what it asked before', async () => {
    const events: string[] = [];
    const client: { query: (...given: unknown[]) => unknown } = pg.Client.prototype;
    const original = Reflect.get(client, 'query');
    client.query = function noteAndQuery(this: unknown, ...given: unknown[]) {
      events.push('sent');
      return Reflect.apply(original, this, given);
    };
    await database.db.transaction(async (trx) => {
      const ask = () => sql`SELECT 1`.execute(trx.acrossTenants('a test'));
      const note = () => void events.push('answered');
      await Promise.all([ask().then(note), ask().then(note)]);
    });
    client.query = original;
    // BEGIN and both of them, and in the end COMMIT.
    assert.deepEqual(events.slice(-6), ['sent', 'sent', 'sent', 'answered', 'answered', 'sent']);
  });

  it('is refused once that has ended, instead of carried out on its own', async () => {
    const late = Promise.withResolvers<ScopedDb>();
    await database.db.transaction((trx) => {
      late.resolve(trx);
      return Promise.resolve();
    });
    const after = sql`SELECT 1`.execute((await late.promise).acrossTenants('a test'));
    await assert.rejects(after, /has ended/);
  });

  it('is not committed where somebody has gone on although it failed', async () => {
    const failing = database.db.transaction(async (trx) => {
      await sql`SELECT 1 / 0`.execute(trx.acrossTenants('a test')).catch(() => undefined);
    });
    await assert.rejects(failing, /not committed/);
  });
});
