// Every released schema, with rows in it, is brought to today's; what the rows say stays readable.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { scopedOver } from '../../../../src/adapters/store/engine/scoped-db.ts';
import { migrate, migrations } from '../../../../src/adapters/store/migrations/migrations.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import type { Tables } from '../../../../src/adapters/store/rows/table-types.ts';
import { hashOf } from '../../../../src/adapters/store/rows/column-values.ts';
import { ownerOf, type Owner } from '../../../support/databases/owner-of.ts';
import { describeOnBothEngines } from '../../../support/databases/databases.ts';
import { snapshotOf } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';
import {
  exportIdOf,
  insertFirstReleaseRows,
  states,
  tenantId,
  userId,
  firstReleaseTarget,
} from '../first-release-rows.ts';

/**
 * What each migration leaves behind: columns and indexes, hashed. A released migration never changes, so neither does its
 * line; a new migration adds one (the failing test prints it).
 */
const released: Readonly<Record<string, string>> = {
  '0001-first-tables': '8d4695a9cadd2cb1',
  '0002-questions-on-cards': 'aa14806c3c042fea',
  '0003-turns-of-renewal': '2c1b40426ea654a4',
  '0004-what-files-say': '715fb33266eef7cb',
  '0005-living-instances': '5f29078f6206ac2d',
  '0006-counted-posts': '9d7c159ef6487177',
  '0007-erased-wishes': '1cb7a9a21f69972b',
  '0008-standing-notices': '0f129304480d85f1',
  '0009-formats-of-links': '2d4c70cf7bbb4168',
  '0010-claimed-activities': '23f98f2a216bfe07',
  '0011-questions-behind': 'cbd55e2bdd8b8651',
  '0012-targets-of-sources': '00db45200f50763d',
  '0014-languages-of-people': '08e62b672098863b',
  '0015-cards-of-files': 'd49a7d0bc461d7b2',
  '0016-reasons-of-any-source': 'd49a7d0bc461d7b2',
  '0017-series-of-targets': 'd49a7d0bc461d7b2',
  '0018-wakes-of-exports': 'a1364d3b0102ead4',
  '0019-names-of-targets': '38a30fffa6170e7c',
  '0020-schedules': '6746b8e836bbf73f',
  '0021-paces-of-looks': '3025c379ce79406d',
  '0022-shared-names': '4b3daf80f723ab1a',
  '0023-teams-of-schedules': '6e65d13686d752d7',
  '0024-audit': '282894b49edbc4fc',
  '0025-row-level-security': '282894b49edbc4fc',
};

const names = Object.keys(migrations);

describeOnBothEngines('migrations', (given) => {
  let owner: Owner;
  before(() => {
    owner = ownerOf(given().database);
  });
  after(() => owner.close());
  const emptied = async (): Promise<Kysely<Tables>> => {
    await sql`DROP SCHEMA public CASCADE`.execute(owner.db);
    await sql`CREATE SCHEMA public`.execute(owner.db);
    return owner.db;
  };

  for (const name of names)
    it(`go on from ${name}, and every row is there`, async () => {
      const db = await emptied();
      await migrateAsOf(db, name);
      assert.equal(await schemaHash(db), released[name], `the schema after ${name}`);
      await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
      const other = ownerOf(given().database);
      await Promise.all([migrate(db), migrate(other.db)]);
      await other.close();
      await assertRowsAreThere(db);
    });

  it('leave a link used up that was, and one good that was', async () => {
    const db = await emptied();
    await migrateAsOf(db, '0006-counted-posts');
    await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
    const rows = ['used', 'good'].map(
      (
        token,
      ) => sql`(${hashOf(token)}, ${tenantId}, ${userId}, ${exportIdOf('ready')}, now() + interval '5 minutes',
        ${token === 'used' ? sql`now()` : sql`NULL`})`,
    );
    await sql`INSERT INTO download_links (token_hash, tenant_id, user_id, export_id, expires_at, used_at)
      VALUES ${sql.join(rows)}`.execute(db);
    await migrate(db);
    const { downloads } = createStores(scopedOver(db), idleQueue, sampleVault);
    assert.equal(await downloads.claim('used', 'workbook'), 'used');
    assert.equal(await downloads.claim('good', 'workbook'), 'claimed');
  });

  it('keep what people were told of, so that nobody is told it again', async () => {
    const db = await emptied();
    await migrateAsOf(db, '0006-counted-posts');
    await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
    const at = '2026-03-02T09:00:00.000Z';
    const exportId = exportIdOf('ready');
    for (const told of ['ready', 'signInAbandoned', 'signInNeeded'])
      await db
        .insertInto('notices')
        .values({ export_id: exportId, key: `${told} ${at}` })
        .execute();
    await migrate(db);
    const { notices } = createStores(scopedOver(db), idleQueue, sampleVault);
    for (const status of ['ready', 'stopped', 'waitingForSignIn'])
      assert.ok(await notices.isClaimed(exportId, `${status} ${at}`), status);
  });

  it('keep the cards of people’s own files', async () => {
    const db = await emptied();
    await migrateAsOf(db, '0011-questions-behind');
    await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
    await sql`INSERT INTO own_files (id, tenant_id, user_id, user_name, channel_user_id, conversation_tenant_id,
        conversation_id, base_id, name, received_at, state, version, activity_id, shown_version)
      VALUES ('file', ${tenantId}, ${userId}, 'Sample Person', '29:sample', ${tenantId}, 'a:chat', 'a:chat', 'a.csv',
        now(), '{"status":"read"}', 4, 'activity', 3)`.execute(db);
    await migrate(db);
    const { cards, ownFiles } = createStores(scopedOver(db), idleQueue, sampleVault);
    assert.equal((await ownFiles.load('file'))?.version, 4);
    const [card] = await cards.of({ kind: 'ownFile', id: 'file' });
    assert.deepEqual([card?.activityId, card?.shownVersion, card?.mode], ['activity', 3, 'live']);
    assert.equal(card?.conversation.conversationId, 'a:chat');
  });

  it('keep why an export failed', async () => {
    const db = await emptied();
    await migrateAsOf(db, '0015-cards-of-files');
    await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
    const renamed = {
      failed: ['notAValidView', 'notValid'],
      expired: ['organizationNotFound', 'placeNotFound'],
    };
    const stateOf = (reason = '') => ({ status: 'failed', reason, requestId: 'r-5' });
    for (const [row, [before]] of Object.entries(renamed))
      await sql`UPDATE exports SET state = ${JSON.stringify(stateOf(before))} WHERE status = ${row}`.execute(
        db,
      );
    await migrate(db);
    const { exports } = createStores(scopedOver(db), idleQueue, sampleVault);
    for (const [row, [, now]] of Object.entries(renamed))
      assert.deepEqual((await exports.loadOwn({ tenantId, userId }, exportIdOf(row)))?.state, stateOf(now));
  });

  it('keep what the next export is compared with', async () => {
    const db = await emptied();
    await migrateAsOf(db, '0016-reasons-of-any-source');
    await insertFirstReleaseRows(db as unknown as Kysely<unknown>);
    const target = firstReleaseTarget('ready');
    const before = createHash('sha256')
      .update(JSON.stringify([tenantId, userId, 'view', target.key]))
      .digest('base64url');
    await sql`INSERT INTO snapshots (id, tenant_id, user_id, series, source, as_of, key_id, sealed)
      VALUES ('kept', ${tenantId}, ${userId}, ${before}, 'export x', now(), 'k1', '')`.execute(db);
    await migrate(db);
    const series = { kind: 'target', name: `${target.source} ${target.key}` } as const;
    const subject = { kind: 'export', id: exportIdOf('ready') } as const;
    const taken = { subject, asOf: new Date(), snapshot: snapshotOf('Grow') };
    await createStores(scopedOver(db), idleQueue, sampleVault).snapshots.keep(
      { tenantId, userId },
      series,
      taken,
    );
    const { rows } = await sql<object>`SELECT DISTINCT series FROM snapshots`.execute(db);
    assert.equal(rows.length, 1);
  });

  it('are none the second time', async () => {
    const { db } = owner;
    const before = await schemaHash(db);
    await migrate(db);
    assert.equal(await schemaHash(db), before);
  });
});

/** The schema of the release that ended with this migration. */
async function migrateAsOf(db: Kysely<Tables>, last: string): Promise<void> {
  const known = Object.fromEntries(Object.entries(migrations).slice(0, names.indexOf(last) + 1));
  const provider = { getMigrations: () => Promise.resolve(known) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  assert.equal(error, undefined);
}

async function schemaHash(db: Kysely<Tables>): Promise<string> {
  const columns =
    await sql<object>`SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%'
    ORDER BY table_name COLLATE "C", column_name COLLATE "C"`.execute(db);
  const indexes = await sql<object>`SELECT indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%' ORDER BY indexname COLLATE "C"`.execute(db);
  const all = JSON.stringify([columns.rows, indexes.rows]);
  return createHash('sha256').update(all).digest('hex').slice(0, 16);
}

async function assertRowsAreThere(db: Kysely<Tables>): Promise<void> {
  const stores = createStores(scopedOver(db), idleQueue, sampleVault);
  const person = { tenantId, userId };
  for (const [status, state] of Object.entries(states)) {
    const job = await stores.exports.loadOwn(person, exportIdOf(status));
    assert.equal(job?.state.status, status);
    assert.deepEqual(job.target, firstReleaseTarget(status));
    assert.deepEqual(JSON.parse(JSON.stringify(job.state)), { status, ...state });
    assert.deepEqual(
      (await stores.cards.of({ kind: 'export', id: job.id })).map(({ id, shownVersion }) => ({
        id,
        shownVersion,
      })),
      [{ id: `card of ${status}`, shownVersion: 3 }],
    );
  }
  assert.equal(await stores.inbound.firstTime(tenantId, 'a:chat', 'seen before'), false);
  assert.equal((await stores.signIns.find('request'))?.cause, 'signIn');
  const { rows } =
    await sql<object>`SELECT home_account_id, key_id, sealed, version FROM token_partitions`.execute(db);
  assert.deepEqual(rows, [{ home_account_id: 'home', key_id: 'k1', sealed: 'sealed', version: 4 }]);
}
