import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkDatabase } from '../../src/doctor/check-database.ts';
import { createStores } from '../../src/adapters/store/stores.ts';
import { openDatabase } from '../../src/adapters/store/engine/database.ts';
import type { Schedule } from '../../src/domain/schedules/schedule.ts';
import { noLog, preparedData } from '../support/databases/databases.ts';
import { somebody } from '../support/samples/sample-exports.ts';
import { someSchedule } from '../support/samples/sample-schedules.ts';
import { idleQueue, sampleVault } from '../support/samples/sample-vault.ts';
import { testPort } from '../support/servers/test-port.ts';

type Where = Parameters<typeof checkDatabase>[0]['database'];

describe("doctor's look at the database", () => {
  const encryptionKeys = [{ id: 'another', key: Buffer.alloc(32, 1) }];
  const served = somebody();
  const allowedTenants = new Set([served.tenantId]);
  const examined = (database: Where) => checkDatabase({ database, encryptionKeys, allowedTenants });
  const look = async (database: Where) => (await examined(database))[0];

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
    const found = await examined({ kind: 'embedded', folder });
    assert.match(found[0]?.says ?? '', /first start makes one/);
    assert.deepEqual(
      found.map(({ state, subject }) => [state, subject]),
      [
        ['ok', 'Database'],
        ['ok', 'Encryption keys'],
        ['unchecked', 'Teams channel'],
      ],
    );
    await rm(folder, { recursive: true });
  });

  it('counts the schedules by cause, names nobody, misses a key, and takes a message of Teams for proof', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'check-database-'));
    await preparedData(folder);
    const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
    const { schedules, inbound } = createStores(database.db, idleQueue, sampleVault);
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
    for (const state of states) await schedules.insert(someSchedule({ state, owner: served }));
    // Of a tenant that was struck off.
    for (const state of states.slice(0, 3)) await schedules.insert(someSchedule({ state }));
    await inbound.firstTime('tenant', 'chat', 'message');
    await database.close();
    const findings = await examined({ kind: 'embedded', folder });
    const about = (subject: string) => findings.find((one) => one.subject === subject);
    const found = about('Schedules');
    assert.equal(found?.state, 'ok');
    assert.match(found.says, /^3 wait for their next run; 1 overdue by more than 5 minutes[^]*stopped\. /);
    assert.match(found.says, / Paused: person 2, failures 1\. 3 rest, because ALLOWED_TENANTS lacks/);
    const keys = about('Encryption keys');
    assert.equal(keys?.state, 'wrong');
    assert.match(keys.says, /sealed with "k1", which ENCRYPTION_KEYS lacks/);
    const channel = about('Teams channel');
    assert.equal(channel?.state, 'ok');
    assert.match(channel.says, /^Teams spoke to the bot last at \d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z\.$/);
    await rm(folder, { recursive: true });
  });
});
