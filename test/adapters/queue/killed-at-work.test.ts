import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase, type DatabaseWhere } from '../../../src/adapters/store/engine/database.ts';
import { noLog, preparedData, systemClock } from '../../support/databases/databases.ts';
import { wakeOf } from '../../support/databases/what-is-stored.ts';
import { describeWithPostgres, postgresDatabase } from '../../support/databases/postgres.ts';

const dieAtWork = fileURLToPath(new URL('../../support/databases/die-at-work.ts', import.meta.url));

async function killWhileWorking(where: DatabaseWhere): Promise<string> {
  const place = where.kind === 'embedded' ? where.folder : where.url;
  const args = ['--disable-warning=ExperimentalWarning', dieAtWork, where.kind, place];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  const exited = once(child, 'exit');
  const died = exited.then(() => assert.fail('the process died before it worked'));
  died.catch(() => undefined);
  const [exportId] = (await Promise.race([once(child.stdout, 'data'), died])) as [Buffer];
  child.kill('SIGKILL');
  await exited;
  return exportId.toString().trim();
}

/** Instead of waiting for 15 s of silence, which is what the queue takes for death. */
const silence = sql`UPDATE exports SET wake_at = now() - interval '1 second', claimed_until = now() - interval '1 second'
  WHERE woken_by IS NOT NULL`;

async function isTakenUpAgain(where: DatabaseWhere): Promise<void> {
  const exportId = await killWhileWorking(where);
  const database = await openDatabase(where, { log: noLog });
  assert.deepEqual(await wakeOf(database, exportId), [{ state: 'taken', minutes: 0 }]);
  await silence.execute(database.db.acrossTenants('a test'));
  const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
  const taken = Promise.withResolvers<string>();
  queue.start((id) => {
    taken.resolve(id);
    return Promise.resolve();
  });
  assert.equal(await taken.promise, exportId);
  await queue.stop(1000);
  await database.close();
}

describe('work of a process that was killed, embedded', () => {
  it('is taken up by the next', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'killed-test-'));
    await preparedData(folder);
    await isTakenUpAgain({ kind: 'embedded', folder });
    rmSync(folder, { recursive: true });
  });
});

describeWithPostgres('work of a process that was killed, PostgreSQL', () => {
  it('is taken up by the next', async () => {
    const { url, drop } = await postgresDatabase();
    await isTakenUpAgain({ kind: 'postgres', url });
    await drop();
  });
});
