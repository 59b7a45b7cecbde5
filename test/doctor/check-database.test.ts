import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkDatabase } from '../../src/doctor/check-database.ts';
import { createStores } from '../../src/adapters/store/stores.ts';
import { openDatabase } from '../../src/adapters/store/engine/database.ts';
import type { Schedule } from '../../src/domain/schedules/schedule.ts';
import { noLog, preparedData } from '../support/databases/databases.ts';
import { someSchedule } from '../support/samples/sample-schedules.ts';
import { idleQueue, sampleVault } from '../support/samples/sample-vault.ts';
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

  it('counts the schedules, by cause where they are paused, and names nobody', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'check-database-'));
    await preparedData(folder);
    const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
    const { schedules } = createStores(database.db, idleQueue, sampleVault);
    const since = new Date();
    const nextAt = (minutes: number) => new Date(since.getTime() + minutes * 60_000);
    const states: readonly Schedule['state'][] = [
      { kind: 'active', nextAt: nextAt(60) },
      { kind: 'active', nextAt: nextAt(-1) },
      { kind: 'active', nextAt: nextAt(-60) },
      { kind: 'active' },
      { kind: 'offered', since },
      { kind: 'ended', why: 'over', since },
      { kind: 'paused', why: 'failures', since },
      { kind: 'paused', why: 'person', since },
      { kind: 'paused', why: 'person', since },
    ];
    for (const state of states) await schedules.insert(someSchedule({ state }));
    await database.close();
    const [, found] = await checkDatabase({ database: { kind: 'embedded', folder } });
    assert.equal(found?.state, 'ok');
    assert.equal(found.subject, 'Schedules');
    assert.match(found.says, /^3 wait for their next run; 1 overdue by more than 5 minutes[^]*stopped\. /);
    assert.match(found.says, / Paused: person 2, failures 1\.$/);
    await rm(folder, { recursive: true });
  });
});
