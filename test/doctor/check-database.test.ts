import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkDatabase } from '../../src/doctor/check-database.ts';
import { testPort } from '../support/servers/test-port.ts';

type Where = Parameters<typeof checkDatabase>[0]['database'];

describe("doctor's look at the database", () => {
  const look = async (database: Where) => (await checkDatabase({ database }))[0];

  it('names the server without login and password', async () => {
    const host = `127.0.0.1:${String(await testPort())}`;
    const found = await look({
      kind: 'postgres',
      url: `postgres://canary1:canary2@${host}/exports?x=canary3`,
    });
    assert.equal(found?.state, 'wrong');
    assert.ok(found.says.startsWith(`${host}/exports does not answer`), found.says);
    assert.match(found.todo ?? '', /host and port in DATABASE_URL/);
    assert.doesNotMatch(JSON.stringify(found), /canary/);
  });

  it('says that an empty folder will do', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'check-database-'));
    const found = await look({ kind: 'embedded', folder });
    assert.equal(found?.state, 'ok');
    assert.match(found.says, /first start makes one/);
    await rm(folder, { recursive: true });
  });
});
