import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createInboundLog } from '../../../../src/adapters/store/conversations/inbound.ts';
import {
  openDatabase,
  type Database,
  type ScopedDb,
} from '../../../../src/adapters/store/engine/database.ts';
import { createCards } from '../../../../src/adapters/store/exports/cards.ts';
import { createExportJobs } from '../../../../src/adapters/store/exports/export-jobs.ts';
import { takeDue } from '../../../../src/adapters/store/exports/take-due.ts';
import { noLog } from '../../../support/databases/databases.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { someConversation, someExport } from '../../../support/samples/sample-exports.ts';
import { sampleVault } from '../../../support/samples/sample-vault.ts';

describeWithPostgres('statements that PostgreSQL plans once', () => {
  let database: Database;
  before(async () => {
    database = await openDatabase({ kind: 'postgres', url: (await postgresDatabase()).url }, { log: noLog });
  });
  after(() => database.close());

  const all = () => database.db.acrossTenants('a test');
  // One after the other, so that all go over the same connection.
  const plansOf = async (part: string): Promise<number> => {
    const { rows } = await sql<{ plans: number }>`
      SELECT count(*)::int AS plans FROM pg_prepared_statements WHERE statement LIKE ${`%${part}%`}`.execute(
      all(),
    );
    return rows[0]?.plans ?? 0;
  };

  it('are planned once for as many times as they are sent', async () => {
    for (const id of ['a', 'b', 'c'])
      await all().selectFrom('conversations').select('blocked').where('tenant_id', '=', id).execute();
    assert.equal(await plansOf('select "blocked" from "conversations"'), 1);
  });

  it('keep one plan for claims of any number of messages', async () => {
    const inbound = createInboundLog(database.db);
    const conversation = someConversation();
    const claim = (id: number) => inbound.claim(conversation, `m-${id}`, 'me', 8);
    for (let first = 0; first < 40; first += 4)
      await Promise.all([first, first + 1, first + 2, first + 3].map(claim));
    const { rows } = await sql<{ kept: boolean }>`SELECT generic_plans > custom_plans AS kept
      FROM pg_prepared_statements WHERE statement LIKE '%claimed_until%' AND statement NOT LIKE '%pg_prepared%'`.execute(
      all(),
    );
    assert.deepEqual(rows, [{ kept: true }]);
  });

  it('are none that ask for all columns, which a migration may add to', async () => {
    const asked = () => all().selectFrom('notices').selectAll().where('key', '=', 'a').execute();
    await asked();
    await asOwner(database, (owner) =>
      sql`ALTER TABLE notices ADD COLUMN added_while_at_work text`.execute(owner),
    );
    await asked();
  });

  it('go on when a newer release adds columns to every table', async () => {
    await useMuchOf(database.db);
    const tables = await sql<{ name: string }>`SELECT tablename AS name FROM pg_tables
      WHERE schemaname = current_schema()`.execute(all());
    await asOwner(database, async (owner) => {
      for (const { name } of tables.rows)
        await sql`ALTER TABLE ${sql.id(name)} ADD COLUMN of_a_newer_release text`.execute(owner);
    });
    await useMuchOf(database.db);
  });
});

async function useMuchOf(db: ScopedDb): Promise<void> {
  const [exports, cards] = [createExportJobs(db, sampleVault), createCards(db)];
  const job = someExport();
  const subject = { kind: 'export', id: job.id } as const;
  const conversation = someConversation();
  await exports.insert(job);
  await cards.add({ id: randomUUID(), subject, conversation });
  for (const holder of ['one', 'two']) {
    assert.equal((await exports.load(job.id))?.id, job.id);
    assert.equal((await exports.recentOf(job.requester, 5)).length, 1);
    await exports.claim(job.id, holder, 30);
    await exports.releaseClaim(job.id, holder);
    await cards.take(subject, holder, { seconds: 0, maxUnknownPosts: 2 });
    await cards.of(subject);
    await takeDue(db.acrossTenants('a test'), { holder, max: 1, exceptTenants: [], now: new Date() });
    await createInboundLog(db).claim(conversation, randomUUID(), holder, 8);
  }
}
