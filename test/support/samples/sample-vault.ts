/** Makes a vault with a made-up key, and a queue that nobody works on, for suites of the stores. */
import { createVault } from '../../../src/adapters/identity/tokens/encryption.ts';
import { createTransact } from '../../../src/adapters/store/transact.ts';
import type { Database, TransactWithin } from '../../../src/adapters/store/engine/database.ts';
import type { WorkQueue } from '../../../src/ports/export-jobs.ts';

export const sampleVault = createVault([{ id: 'k1', key: Buffer.alloc(32, 7) }]);

export const idleQueue: WorkQueue = {
  schedule: () => Promise.resolve(),
  noteWake: () => undefined,
  scheduleFileWork: () => Promise.resolve(),
  scheduleTask: () => Promise.resolve(),
  forgetTasksOf: () => Promise.resolve(),
};

export const idleTransact = (db: Database['db']): TransactWithin =>
  createTransact(db, { queueIn: () => idleQueue, vault: sampleVault });
