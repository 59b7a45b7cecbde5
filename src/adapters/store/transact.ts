/** Runs a transaction over all stores and the queue: port Transact. */
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Vault } from '../../ports/personal-data.ts';
import { isWorthRetrying } from './engine/sql-errors.ts';
import { createStores, runInsideTransaction } from './stores.ts';
import type { TransactWithin } from './engine/database.ts';
import type { ScopedDb } from './engine/scoped-db.ts';

const tries = 4;

export interface TransactDeps {
  /** Binds the queue to the transaction. */
  readonly queueIn: (trx: ScopedDb) => WorkQueue;
  readonly vault: Vault;
  /** After the commit, with the time at which it is due. */
  readonly onQueued?: (what: 'exports' | 'tasks' | 'files', at: Date) => void;
}

/** Retries a serialisation failure or a deadlock up to three times. */
export function createTransact(db: ScopedDb, deps: TransactDeps): TransactWithin {
  return async function transact(work) {
    for (let left = tries - 1; ; left -= 1) {
      try {
        return await once(db, deps, work);
      } catch (error) {
        if (left === 0 || !isWorthRetrying(error)) throw error;
      }
    }
  };
}

async function once<T>(
  db: ScopedDb,
  { queueIn, vault, onQueued }: TransactDeps,
  work: (stores: Stores, trx: ScopedDb) => Promise<T>,
): Promise<T> {
  const queued: Parameters<NonNullable<TransactDeps['onQueued']>>[] = [];
  const result = await db.transaction((trx) => {
    const queue = queueIn(trx);
    const noting: WorkQueue = {
      ...queue,
      schedule: (exportId, at) => {
        queued.push(['exports', at]);
        return queue.schedule(exportId, at);
      },
      noteWake: (exportId, at) => {
        queued.push(['exports', at]);
        queue.noteWake(exportId, at);
      },
      scheduleTask: (task, at) => {
        queued.push(['tasks', at]);
        return queue.scheduleTask(task, at);
      },
      scheduleFileWork: (work, at) => {
        queued.push(['files', at]);
        return queue.scheduleFileWork(work, at);
      },
    };
    return runInsideTransaction(() => work(createStores(trx, noting, vault), trx));
  });
  for (const what of queued) onQueued?.(...what);
  return result;
}
