// The operator's command: a tenant's audit trail as JSON lines or CSV, and whether it is as it was written.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createVault } from '../../src/adapters/identity/tokens/encryption.ts';
import { openDatabase, type Database } from '../../src/adapters/store/engine/database.ts';
import { trailIn } from '../adapters/store/audit/audit-trail.ts';
import { noLog, preparedData } from '../support/databases/databases.ts';

const tool = path.join(import.meta.dirname, '..', '..', 'src', 'tools', 'audit.ts');
const key = Buffer.alloc(32, 5);
const id = randomUUID();

describe('npm run audit', () => {
  const tenantId = randomUUID();
  const userId = randomUUID();
  let folder = '';
  const withDatabase = async (
    work: (trail: ReturnType<typeof trailIn>, database: Database) => Promise<void>,
  ) => {
    const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
    await work(trailIn(database, createVault([{ id: 'k', key }]), tenantId), database);
    await database.close();
  };
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'okr-export-audit-'));
    await preparedData(folder);
    await withDatabase(async ({ record, chain }) => {
      const at = (written: string) => ({ at: new Date(written), userId });
      await record(
        { ...at('2026-06-01T23:59:00Z'), outcome: 'first' },
        { ...at('2026-06-02T12:00:00Z'), event: 'exportAsked', source: 'x', target: '=cmd()', subject: 's' },
      );
      await chain();
      await record({ ...at('2026-06-03T00:00:00Z'), outcome: 'last' });
    });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) =>
    new Promise<{ readonly code: unknown; readonly out: string; readonly err: string }>((resolve) => {
      const env = {
        PUBLIC_URL: 'https://bot.example.com',
        BOT_ID: id,
        BOT_TENANT_ID: id,
        BOT_PASSWORD: 'p',
        AAD_APP_CLIENT_ID: id,
        AAD_APP_CLIENT_SECRET: 's',
        AAD_APP_ID_URI: `api://botid-${id}`,
        ALLOWED_TENANTS: tenantId,
        ENCRYPTION_KEYS: `k:${key.toString('base64')}`,
        DATA_DIR: folder,
      };
      execFile(process.execPath, [tool, ...args], { env }, (error, out, err) => {
        resolve({ code: error?.code ?? 0, out, err });
      });
    });
  const tenant = ['--tenant', tenantId];

  it('writes JSON lines, the whole days that were asked for', async () => {
    const { out, err } = await run(...tenant, '--from', '2026-06-02', '--until', '2026-06-02');
    const [{ seq, at, event, person, target } = {}, ...more] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(err, '');
    const said = [seq, at, event, person, target];
    assert.deepEqual(said, [2, '2026-06-02T12:00:00.000Z', 'exportAsked', userId, '=cmd()']);
    assert.deepEqual(more, []);
  });

  it('writes CSV, in which no cell is a formula', async () => {
    const { out } = await run(...tenant, '--format', 'csv');
    const [header, ...rows] = out.trimEnd().split('\r\n');
    assert.match(header ?? '', /^seq,at,event,outcome,person,/);
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 4)),
      [
        ['1', '2026-06-01T23:59:00.000Z', 'signedIn', 'first'],
        ['2', '2026-06-02T12:00:00.000Z', 'exportAsked', ''],
        ['', '2026-06-03T00:00:00.000Z', 'signedIn', 'last'],
      ],
    );
    assert.match(rows[1] ?? '', /,'=cmd\(\),/);
  });

  it('says that all is as it was written, what is not chained yet, and which end to note', async () => {
    const { code, out } = await run(...tenant, '--verify');
    assert.equal(code, 0);
    assert.match(out, /Entries in the chain: 2\. Not chained yet, .*: 1\./);
    const noted = /--noted: (2:\S+)/.exec(out)?.[1] ?? '';
    assert.equal((await run(...tenant, '--verify', '--noted', noted)).code, 0);
    const other = await run(...tenant, '--verify', '--noted', '2:another');
    assert.deepEqual([other.code, /^NOT NOTED {2}entry 2/.test(other.out)], [1, true]);
  });

  it('refuses what it does not understand, and says what it would', async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /--tenant must be the id of a tenant/],
      [[...tenant, '--format', 'xml'], /--format must be jsonl or csv/],
      [[...tenant, '--from', 'monday'], /--from must be a day/],
      [[...tenant, '--until', '2026-02-31x'], /--until must be a day/],
      [[...tenant, '--verify', '--noted', 'x'], /--noted must be an end/],
      [[...tenant, '--everything'], /Unknown option/],
    ];
    for (const [args, words] of refusals) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, words);
    }
  });

  it('says what was tampered with, and ends with 1', async () => {
    await withDatabase(({ tamper }) =>
      tamper(`UPDATE audit_entries SET at = at - interval '1 day' WHERE tenant_id = TENANT AND seq = 1`),
    );
    const { code, out } = await run(...tenant, '--verify');
    assert.equal(code, 1);
    assert.match(out, /^BROKEN {5}entry 1 /);
    assert.match(out, /Findings: 1\. The audit trail is not as it was written/);
  });
});
