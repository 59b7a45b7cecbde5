// Tests the PostgreSQL of the suites: a fresh database each, restarts, and what is left behind.
import assert from 'node:assert/strict';
import pg from 'pg';
import { describeWithPostgres, postgresDatabase } from './postgres.ts';

async function ask(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describeWithPostgres('postgresDatabase', () => {
  it('gives each caller an empty database of its own', async () => {
    const [one, two] = await Promise.all([postgresDatabase(), postgresDatabase()]);
    await ask(one.url, 'CREATE TABLE export (id int)');
    const tables = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`;
    assert.deepEqual(await ask(one.url, tables), [{ tablename: 'export' }]);
    assert.deepEqual(await ask(two.url, tables), []);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('is gone after drop, even with a connection left open', async () => {
    const { url, drop } = await postgresDatabase();
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    await drop();
    await assert.rejects(ask(url, 'SELECT 1'), /does not exist/);
    await client.end();
  });

  it('keeps what was committed when the cluster stops in order and when it crashes', async () => {
    const { url, drop, restartCluster } = await postgresDatabase();
    await ask(url, 'CREATE TABLE export (id int)');
    for (const [id, signal] of [
      [1, 'INT'],
      [2, 'QUIT'],
    ] as const) {
      await ask(url, `INSERT INTO export VALUES (${String(id)})`);
      const [before] = await ask(url, 'SELECT pg_postmaster_start_time()');
      await restartCluster(signal);
      assert.notDeepEqual(await ask(url, 'SELECT pg_postmaster_start_time()'), [before]);
    }
    assert.deepEqual(await ask(url, 'SELECT id FROM export ORDER BY id'), [{ id: 1 }, { id: 2 }]);
    await drop();
  });
});
