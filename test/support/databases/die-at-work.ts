/** Runs as a process that queues one export, starts to work on it, says which, and never ends. */
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase } from '../../../src/adapters/store/engine/database.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import { idleExport } from '../samples/sample-exports.ts';
import { idleQueue, sampleVault } from '../samples/sample-vault.ts';
import type { Log } from '../../../src/ports/runtime.ts';

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: console.warn,
  error: console.error,
  child: () => log,
};

const [kind = '', where = ''] = process.argv.slice(2);
const place =
  kind === 'embedded' ? ({ kind, folder: where } as const) : ({ kind: 'postgres', url: where } as const);
const database = await openDatabase(place, { log });
const queue = await createWorkQueue(database, { log, clock: { now: () => new Date() } });
queue.start(async (exportId) => {
  console.log(exportId);
  await new Promise(() => undefined);
});
const job = idleExport();
await createStores(database.db, idleQueue, sampleVault).exports.insert(job);
await queue.in(database.db).schedule(job.id, new Date());
