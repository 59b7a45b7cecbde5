/** Migrates an embedded database's folder once a process: copying it is much quicker than making one. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase } from '../../../src/adapters/store/engine/database.ts';
import { noLog, systemClock } from './databases.ts';

let prepared: Promise<string> | undefined;

export const preparedDataFolder = (): Promise<string> => (prepared ??= prepare());

async function prepare(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-export-prepared-'));
  // Not a hook of mocha's: its parallel workers load this once and run many files.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const database = await openDatabase({ kind: 'embedded', folder }, { log: noLog });
  const queue = await createWorkQueue(database, { log: noLog, clock: systemClock });
  await queue.stop(0);
  await database.close();
  return folder;
}
