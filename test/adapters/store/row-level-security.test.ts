import assert from 'node:assert/strict';
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { openDatabase, type Database, type Tables } from '../../../src/adapters/store/engine/database.ts';
import { restrictedRole } from '../../../src/adapters/store/engine/restricted-role.ts';
import { asOwner } from '../../support/databases/owner-of.ts';
import { noLog } from '../../support/databases/databases.ts';
import { fillEveryTable, tablesOf } from '../../support/databases/every-table.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';
import { somebody } from '../../support/samples/sample-exports.ts';

/** Without a tenant: keyed hashes, leases, processes. */
const nobodys = ['erased_wishes', 'file_work_claims', 'instances'];

describeWithPostgres('row-level security', () => {
  let database: Database;
  let tables: readonly string[];
  let exportId: string;
  const one = somebody();
  const colleague = somebody({ tenantId: one.tenantId });
  const stranger = somebody();

  before(async () => {
    const { url } = await postgresDatabase();
    database = await openDatabase({ kind: 'postgres', url }, { log: noLog });
    for (const person of [one, colleague, stranger]) {
      const id = await fillEveryTable(database.db, person);
      if (person === one) exportId = id;
    }
    const all = await asOwner(database, tablesOf);
    tables = all.filter((name) => !nobodys.includes(name));
  });
  after(() => database.close());

  const count = async (db: Kysely<Tables>, table: string): Promise<number> => {
    const { rows } = await sql<{
      rows: number;
    }>`SELECT count(*)::int AS rows FROM ${sql.table(table)}`.execute(db);
    return rows[0]?.rows ?? 0;
  };
  const counts = async (db: Kysely<Tables>): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      await Promise.all(tables.map(async (table) => [table, await count(db, table)] as const)),
    );
  const those = (counted: Readonly<Record<string, number>>): readonly string[] =>
    Object.keys(counted).filter((table) => counted[table] !== 0);

  it('is forced on every table of people, for a role that owns none', async () => {
    const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_class
      WHERE relname IN (${sql.join(tables)}) AND relrowsecurity AND relforcerowsecurity
        AND pg_get_userbyid(relowner) <> current_user`.execute(database.db.acrossTenants('a test'));
    assert.deepEqual(rows.map(({ name }) => name).sort(), [...tables].sort());
    const role = await sql<object>`SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles
      WHERE rolname = current_user`.execute(database.db.acrossTenants('a test'));
    assert.deepEqual(role.rows, [
      { rolname: restrictedRole, rolsuper: false, rolbypassrls: false, rolcanlogin: false },
    ]);
  });

  it('shows a statement without WHERE the rows of its tenant only', async () => {
    // Found by their export or by the hash of their secret only.
    const hidden = ['notices', 'sign_in_attempts'];
    const db = database.db.ofTenant(stranger.tenantId);
    assert.deepEqual(
      those(await counts(db)),
      tables.filter((table) => !hidden.includes(table)),
    );
    for (const table of tables) {
      const { rows } = await sql`SELECT FROM ${sql.table(table)} AS t
        WHERE position(${stranger.tenantId} IN t::text) = 0`.execute(db);
      assert.equal(rows.length, 0, table);
    }
  });

  it('shows it the rows of its person only', async () => {
    const own = [
      'exports',
      'readings',
      'own_files',
      'schedules',
      'token_partitions',
      'target_names',
      'save_offers',
    ];
    const seen = await counts(database.db.ofPerson(one));
    for (const table of own) assert.equal(seen[table], table === 'schedules' ? 2 : 1, table);
    const scoped = database.db.ofPerson({ tenantId: stranger.tenantId, userId: one.userId });
    assert.deepEqual(
      those(await counts(scoped)).filter((table) => own.includes(table)),
      [],
    );
  });

  it('shows it what belongs to its subject only', async () => {
    const seen = await counts(database.db.ofSubject(exportId));
    // Where it stands, without what is said there.
    const { conversations, ...others } = seen;
    assert.ok(conversations);
    assert.deepEqual(those(others).toSorted(), [
      'cards',
      'download_links',
      'exports',
      'notices',
      'readings',
      'standing_notices',
    ]);
    assert.ok(those(others).every((table) => others[table] === 1));
  });

  it('changes and deletes nobody else’s rows, whatever a statement forgets', async () => {
    const before = await asOwner(database, counts);
    await assert.rejects(
      database.db.transaction(async (trx) => {
        const db = trx.ofTenant(stranger.tenantId);
        for (const table of tables.filter((name) => !name.startsWith('audit_')))
          await sql`DELETE FROM ${sql.table(table)}`.execute(db);
        const left = await counts(trx.acrossTenants('a test'));
        assert.equal(left['exports'], (before['exports'] ?? 0) - 1);
        assert.equal(left['token_partitions'], (before['token_partitions'] ?? 0) - 1);
        const { rows } = await sql<{ id: string }>`UPDATE conversations SET blocked = true
          RETURNING tenant_id AS id`.execute(trx.ofTenant(one.tenantId));
        assert.ok(rows.every(({ id }) => id === one.tenantId));
        throw new Error('not kept');
      }),
      /not kept/,
    );
  });

  it('takes no row for another tenant', async () => {
    const foreign = { tenant_id: stranger.tenantId, user_id: stranger.userId, exchange_id: 'x', holder: 'x' };
    const late = new Date();
    await assert.rejects(
      database.db
        .ofPerson(one)
        .insertInto('sso_exchanges')
        .values({ ...foreign, lease_until: late, expires_at: late })
        .execute(),
      /row-level security/,
    );
  });

  it('shows nothing to a statement without a scope', async () => {
    const { engine } = database;
    assert.equal(engine.kind, 'postgres');
    const client = new pg.Client({ connectionString: engine.url });
    await client.connect();
    await client.query(`SET ROLE ${restrictedRole}`);
    for (const table of tables)
      assert.deepEqual((await client.query(`SELECT FROM ${table}`)).rowCount, 0, table);
    await client.end();
  });
});
