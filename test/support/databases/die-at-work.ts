/** Runs as a process that queues one export, starts to work on it, says so, and never ends. */
import { createWorkQueue } from '../../../src/adapters/queue/work-queue.ts';
import { openDatabase } from '../../../src/adapters/store/engine/database.ts';
import type { Log } from '../../../src/ports/runtime.ts';

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: console.warn,
  error: console.error,
  child: () => log,
};

const [kind = '', where = '', exportId = ''] = process.argv.slice(2);
const place =
  kind === 'embedded' ? ({ kind, folder: where } as const) : ({ kind: 'postgres', url: where } as const);
const database = await openDatabase(place, { log });
const queue = await createWorkQueue(database, { log, clock: { now: () => new Date() } });
queue.start(async () => {
  console.log('working');
  await new Promise(() => undefined);
});
await queue.in(database.db).schedule(exportId, new Date());
