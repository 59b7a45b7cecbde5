import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createConversations } from '../../../../src/adapters/store/conversations/conversations.ts';
import { openDatabase, type Database } from '../../../../src/adapters/store/engine/database.ts';
import { prepareEmbedded } from '../../../../src/adapters/store/engine/embedded-engine.ts';
import { describeOnBothEngines, noLog } from '../../../support/databases/databases.ts';
import { createSignal } from '../../../support/surroundings/signal.ts';
import { asOwner } from '../../../support/databases/owner-of.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { someConversation } from '../../../support/samples/sample-exports.ts';

const holdDatabase = fileURLToPath(new URL('../../../support/databases/hold-database.ts', import.meta.url));

describeOnBothEngines('an open database', (given) => {
  it('answers a ping', async () => {
    await given().database.ping(5000);
  });

  it('says so when a ping takes too long', async () => {
    const { db, ping } = given().database;
    const busy = createSignal();
    const holding = Array.from({ length: 10 }, () => db.transaction(() => busy.raised));
    await assert.rejects(ping(20), /did not answer within 20 ms/);
    busy.raise();
    await Promise.all(holding);
  });

  it('uses its own clock and keeps milliseconds', async () => {
    const at = new Date('2026-03-01T08:00:00.123Z');
    const { rows } = await sql<{
      at: unknown;
      now: unknown;
    }>`SELECT ${at}::timestamptz AS at, now() AS now`.execute(given().database.db.acrossTenants('a test'));
    assert.deepEqual(rows[0]?.at, at);
    assert.ok(rows[0].now instanceof Date);
  });
});

describe('the embedded database in a folder', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'embedded-test-')), 'data');
  const tenantId = randomUUID();
  const open = (): Promise<Database> => openDatabase({ kind: 'embedded', folder }, { log: noLog });
  let holder: ChildProcess;

  before(async () => {
    mkdirSync(path.join(folder, 'making-killed', 'base'), { recursive: true, mode: 0o700 });
    holder = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', holdDatabase, folder, tenantId],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    assert.ok(holder.stdout);
    const died = once(holder, 'exit').then(() => assert.fail('the holder died'));
    await Promise.race([once(holder.stdout, 'data'), died]);
    died.catch(() => undefined);
  });
  after(() => {
    holder.kill('SIGKILL');
    rmSync(path.dirname(folder), { recursive: true });
  });

  it('S2 is refused to a second process, which is told who has it and what to do', async () => {
    await assert.rejects(open(), (error: Error) => {
      for (const part of [folder, `process ${String(holder.pid)} since 20`, 'DATA_DIR', 'DATABASE_URL']) {
        assert.ok(error.message.includes(part), `${error.message} does not name ${part}`);
      }
      return true;
    });
  });

  it('is made whole, and what a kill left of an earlier making is gone', () => {
    assert.deepEqual(readdirSync(folder).sort(), ['database', 'lock.json', 'lock.sqlite']);
  });

  it('is a copy of one that was made before, where there is one', async () => {
    const from = path.join(path.dirname(folder), 'made-before');
    const to = path.join(path.dirname(folder), 'copied');
    mkdirSync(path.join(from, 'base'), { recursive: true });
    writeFileSync(path.join(from, 'PG_VERSION'), 'made before');
    await prepareEmbedded(to, from);
    assert.equal(readFileSync(path.join(to, 'database', 'PG_VERSION'), 'utf8'), 'made before');
    assert.deepEqual(readdirSync(path.join(to, 'database')), ['PG_VERSION', 'base']);
    assert.equal(statSync(path.join(to, 'database')).mode & 0o077, 0);
  });

  it('is open to nobody but its owner', () => {
    assert.equal(statSync(folder).mode & 0o077, 0);
  });

  it('opens after a kill -9 and has what was acknowledged; again after a close', async () => {
    const killed = once(holder, 'exit');
    holder.kill('SIGKILL');
    await killed;
    for (let time = 0; time < 2; time += 1) {
      const database = await open();
      const held = someConversation({ tenantId, conversationId: 'held' });
      assert.equal(await createConversations(database.db).isBlocked(held), true);
      await assert.rejects(open(), new RegExp(`process ${String(process.pid)} since`));
      await database.close();
      await database.close();
    }
  });
});

describeWithPostgres('PostgreSQL', () => {
  let url: string;
  let drop: () => Promise<void>;
  before(async () => {
    ({ url, drop } = await postgresDatabase());
  });
  after(() => drop());
  const open = (): Promise<Database> => openDatabase({ kind: 'postgres', url }, { log: noLog });

  it('is migrated once by five instances that start together', async () => {
    const databases = await Promise.all(Array.from({ length: 5 }, open));
    const done = sql<{ name: string }>`SELECT name FROM kysely_migration`;
    const names = (await done.execute((databases[0] ?? assert.fail()).db.acrossTenants('a test'))).rows.map(
      ({ name }) => name,
    );
    assert.ok(names.length > 0);
    assert.equal(new Set(names).size, names.length);
    await Promise.all(databases.map((database) => database.close()));
  });

  it('that a newer version has changed is refused with a hint', async () => {
    const database = await open();
    const fromTheFuture = sql`INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01T00:00:00.000Z')`;
    await fromTheFuture.execute(database.db.acrossTenants('a test'));
    await assert.rejects(open(), /newer version of the bot/);
    await sql`DELETE FROM kysely_migration WHERE name = '9999-later'`.execute(
      database.db.acrossTenants('a test'),
    );
    await database.close();
  });

  it('may drop its connections, idle or in a transaction, without ending the process', async () => {
    const [database, other] = [await open(), await open()];
    const dropAll = sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    const inTransaction = database.db.transaction(async (trx) => {
      await sql`SELECT 1`.execute(trx.acrossTenants('a test'));
      await asOwner(other, (owner) => dropAll.execute(owner));
      await sql`SELECT 1`.execute(trx.acrossTenants('a test'));
    });
    await assert.rejects(inTransaction);
    await database.ping(5000);
    await Promise.all([database.close(), other.close()]);
  });

  it('that is not there is an error, not a wait', async () => {
    const where = { kind: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' } as const;
    await assert.rejects(openDatabase(where, { log: noLog }), /ECONNREFUSED/);
  });
});
