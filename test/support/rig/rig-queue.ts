/** Keeps the queue of the use case rig in memory: what a transaction queues is there once it commits. */
import { keyOfTask } from '../../../src/adapters/queue/task-payload.ts';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import { createStores } from '../../../src/adapters/store/stores.ts';
import { createTransact } from '../../../src/adapters/store/transact.ts';
import type { WorkQueue } from '../../../src/ports/export-jobs.ts';
import type { QueuedTask } from '../../../src/ports/queued-tasks.ts';
import type { FileWork } from '../../../src/ports/readings.ts';
import type { Stores, Transact } from '../../../src/ports/runtime.ts';
import { sampleVault } from '../samples/sample-vault.ts';

export interface QueuedAt {
  readonly task: QueuedTask;
  readonly at: Date;
}

interface World {
  readonly database: Database;
  readonly time: { now: Date };
  readonly queued: Map<string, Date>;
  readonly queuedFileWork: Map<string, { readonly work: FileWork; readonly at: Date }>;
  readonly queuedTasks: Map<string, QueuedAt>;
}

/** Outside of transactions nothing is queued, but an export may be saved together with its wake. */
export function storesOver({ database, queued, time }: World): Stores {
  const onlyInside = () => Promise.reject(new Error('only inside a transaction'));
  const noQueue: WorkQueue = {
    schedule: onlyInside,
    noteWake: () => undefined,
    scheduleFileWork: onlyInside,
    scheduleTask: onlyInside,
    forgetTasksOf: onlyInside,
  };
  const stores = createStores(database.db, noQueue, sampleVault);
  const save: Stores['exports']['save'] = async (job, how) => {
    const saved = await stores.exports.save(job, how);
    if (saved === 'saved' && how?.wakeIn !== undefined)
      queued.set(job.id, new Date(time.now.getTime() + how.wakeIn * 1000));
    return saved;
  };
  return { ...stores, exports: { ...stores.exports, save } };
}

/** @param taskQueued called after a commit that queued a task */
export function transactWith(world: World, taskQueued: () => void): Transact {
  const { database, queued, queuedFileWork, queuedTasks } = world;
  return async (work) => {
    const wishedTasks: QueuedAt[] = [];
    const wished: [string, Date][] = [];
    const wishedWork: [FileWork, Date][] = [];
    const queueIn = (): WorkQueue => {
      wished.length = 0;
      wishedWork.length = 0;
      wishedTasks.length = 0;
      return {
        scheduleTask: (task, at) => Promise.resolve(void wishedTasks.push({ task, at })),
        forgetTasksOf: () => Promise.resolve(),
        noteWake: (id, at) => void wished.push([id, at]),
        schedule: (id, at) => Promise.resolve(void wished.push([id, at])),
        scheduleFileWork: (work, at) => Promise.resolve(void wishedWork.push([work, at])),
      };
    };
    const result = await createTransact(database.db, { queueIn, vault: sampleVault })(work);
    for (const [id, at] of wished) queued.set(id, at);
    for (const [piece, at] of wishedWork)
      queuedFileWork.set(`${piece.kind} ${piece.id}`, { work: piece, at });
    for (const wish of wishedTasks) queuedTasks.set(keyOfTask(wish.task), wish);
    if (wishedTasks.length > 0) taskQueued();
    return result;
  };
}
