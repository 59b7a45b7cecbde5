import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../../../src/adapters/store/engine/database.ts';
import type { DatabaseWhere } from '../../../../src/adapters/store/engine/database.ts';
import { tryDatabase as tryFor } from '../../../../src/adapters/store/engine/try-database.ts';
import { noLog, preparedData } from '../../../support/databases/databases.ts';
import { describeWithPostgres, postgresDatabase } from '../../../support/databases/postgres.ts';
import { testPort } from '../../../support/servers/test-port.ts';

const tryDatabase = (where: DatabaseWhere) => tryFor(where, new Set());

describe('trying the embedded database', () => {
  let folder: string;
  const trial = () => tryDatabase({ kind: 'embedded', folder });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'try-database-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes nothing where there is nothing', async () => {
    assert.deepEqual(await trial(), { kind: 'new' });
    assert.deepEqual(await tryDatabase({ kind: 'embedded', folder: path.join(folder, 'a', 'b') }), {
      kind: 'new',
    });
    assert.deepEqual(await readdir(folder), []);
  });

  it('opens what is there, and lets go of it', async () => {
    await preparedData(folder);
    const holds = { keyIds: [], schedules: { waiting: 0, overdue: 0, paused: [], resting: 0 } };
    const answers = { kind: 'answers', engine: 'the embedded database', holds };
    assert.deepEqual(await trial(), answers);
    assert.deepEqual(await trial(), answers);
  });

  it('leaves a folder alone that the bot holds', async () => {
    await preparedData(folder);
    const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
    assert.deepEqual(await trial(), { kind: 'inUse' });
    await database.close();
  });

  it('tells what is no database', async () => {
    await mkdir(path.join(folder, 'database'));
    await writeFile(path.join(folder, 'database', 'PG_VERSION'), '9.1\n');
    assert.deepEqual(await trial(), { kind: 'damaged' });
  });

  it('tells a place where nothing can be written', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const below = { kind: 'embedded', folder: path.join(folder, 'file', 'data') } as const;
    assert.deepEqual(await tryDatabase(below), { kind: 'notWritable' });
  });
});

/** Answers whoever connects with one ErrorResponse (PostgreSQL's protocol, "Message Formats"). */
async function refusingServer(code: string): Promise<{ readonly port: number; readonly close: () => void }> {
  const fields = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`);
  const size = Buffer.alloc(4);
  size.writeInt32BE(fields.length + 4);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), size, fields])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('trying a PostgreSQL that refuses', () => {
  const trial = (port: number) =>
    tryDatabase({ kind: 'postgres', url: `postgres://bot:canary@127.0.0.1:${String(port)}/exports` });

  it('gives the code of the refusal and nothing of the address', async () => {
    const { port, close } = await refusingServer('28P01');
    assert.deepEqual(await trial(port), { kind: 'refused', code: '28P01' });
    close();
  });

  it('gives the code of a connection that never came about', async () => {
    assert.deepEqual(await trial(await testPort()), { kind: 'refused', code: 'ECONNREFUSED' });
  });
});

describeWithPostgres('trying PostgreSQL', () => {
  it('asks, and makes nothing', async () => {
    const { url, drop } = await postgresDatabase();
    const trial = await tryDatabase({ kind: 'postgres', url });
    assert.match(trial.kind === 'answers' ? trial.engine : trial.kind, /^PostgreSQL \d+/);
    const unknown = await tryDatabase({ kind: 'postgres', url: `${url}_not_there` });
    assert.deepEqual(unknown, { kind: 'refused', code: '3D000' });
    await drop();
  });

  it('tells a login that may not make the tables, until they are there', async () => {
    const { url, drop } = await postgresDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const role = `guest_${randomUUID().replaceAll('-', '')}`;
    await client.query(`CREATE ROLE ${role} LOGIN`);
    const asGuest = { kind: 'postgres', url: url.replace('//test@', `//${role}@`) } as const;
    assert.deepEqual(await tryDatabase(asGuest), { kind: 'mayNotCreate' });
    await client.query('CREATE SCHEMA pgboss');
    assert.equal((await tryDatabase(asGuest)).kind, 'answers');
    await client.query(`DROP ROLE ${role}`);
    await client.end();
    await drop();
  });
});
