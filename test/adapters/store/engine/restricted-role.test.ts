import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { openDatabase } from '../../../../src/adapters/store/engine/database.ts';
import { restrictedRole } from '../../../../src/adapters/store/engine/restricted-role.ts';
import { createStores } from '../../../../src/adapters/store/stores.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { someExport } from '../../../support/samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../../../support/samples/sample-vault.ts';

describeWithPostgres('the role that the bot works under', () => {
  /** A database of a login that is no superuser. */
  const ownDatabase = async (rights: 'CREATEROLE' | ''): Promise<string> => {
    const { url } = await postgresDatabase();
    const login = `login_${randomUUID().replaceAll('-', '')}`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE ROLE ${login} LOGIN ${rights}`);
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} OWNER TO ${login}`);
    await client.end();
    return url.replace('test@', `${login}@`);
  };
  const opened = async (url: string) => {
    const warnings: string[] = [];
    const warn = (_fields: object, message: string): void => void warnings.push(message);
    const { db, close } = await openDatabase({ kind: 'postgres', url }, { log: { warn } });
    const { rows } = await sql<{ role: string }>`SELECT current_user AS role`.execute(
      db.acrossTenants('a test'),
    );
    const { exports } = createStores(db, idleQueue, sampleVault);
    const job = someExport();
    assert.equal(await exports.insert(job), 'inserted');
    assert.equal((await exports.loadOwn(job.requester, job.id))?.id, job.id);
    await close();
    return { role: rows[0]?.role, warnings };
  };

  it('is made by a login that may, and taken by one that finds it there', async () => {
    for (const url of [await ownDatabase('CREATEROLE'), await ownDatabase('CREATEROLE')]) {
      assert.deepEqual(await opened(url), { role: restrictedRole, warnings: [] });
      assert.deepEqual(await opened(url), { role: restrictedRole, warnings: [] });
    }
  });

  it('is done without, with a warning, by a login that may not', async () => {
    const url = await ownDatabase('');
    const { role, warnings } = await opened(url);
    assert.equal(role, new URL(url).username);
    assert.deepEqual(warnings, ['no row-level security: the login may not make its role']);
  });

  it('is never done without because of anything else: the bot does not start then, and says why', async () => {
    const { url } = await postgresDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [restrictedRole]);
    const impatient = `${url}?options=-c%20lock_timeout%3D20`;
    await assert.rejects(opened(impatient), {
      message: `The database role ${restrictedRole} cannot be prepared: canceling statement due to lock timeout`,
    });
    await other.end();
    assert.deepEqual(await opened(impatient), { role: restrictedRole, warnings: [] });
  });
});
