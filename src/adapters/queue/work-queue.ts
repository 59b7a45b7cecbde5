/** Answers for waking exports up when something is due: port WorkQueue and its worker, over pg-boss. */
import type { Kysely } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import type { Database, Tables } from '../store/database.ts';
import { queueName, startBoss } from './boss.ts';
import { startWorker, type Worker } from './worker.ts';

export interface Queue {
  /** Bound to a transaction, or to the database itself. */
  readonly in: (db: Kysely<Tables>) => WorkQueue;
  /**
   * Works on what is due, at most 50 exports at a time. The handler may be called for an export twice at once, and some
   * milliseconds early. A rejection is repeated after 1 s, 2 s, 4 s … 60 s, for ever.
   */
  readonly start: (handler: (exportId: string) => Promise<void>) => void;
  /** Waits for running handlers up to the grace time, then ends pg-boss. The database stays open. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
  /** Counts that are up to 3 s old; `ready` is due and waits for a worker. */
  readonly depth: () => Promise<QueueDepth>;
}

interface QueueDepth {
  readonly queued: number;
  readonly ready: number;
  readonly active: number;
}

export interface WorkQueueDeps {
  readonly log: Log;
  readonly clock: Clock;
}

export async function createWorkQueue(database: Database, deps: WorkQueueDeps): Promise<Queue> {
  const boss = await startBoss(database.engine, deps.log);
  let worker: Worker | undefined;
  return {
    in: (db) => ({ schedule: (exportId, at) => schedule(boss, db, exportId, secondsUntil(at, deps.clock)) }),
    start: (handler) => {
      worker ??= startWorker({ boss, handler, log: deps.log });
    },
    stop: async (graceMilliseconds) => {
      await worker?.stop(graceMilliseconds);
      await boss.stop({ graceful: false });
    },
    depth: async () => {
      const found = await boss.getQueue(queueName);
      if (found === null) throw new Error('The queue is not there');
      return { queued: found.queuedCount, ready: found.readyCount, active: found.activeCount };
    },
  };
}

/** A span instead of a time, so that the database's clock decides even when this machine's is wrong. */
const secondsUntil = (at: Date, clock: Clock): number =>
  Math.max(0, (at.getTime() - clock.now().getTime()) / 1000);

/** Moves what is queued, whether for earlier or later; what is running already is not touched. */
async function schedule(boss: PgBoss, db: Kysely<Tables>, exportId: string, seconds: number): Promise<void> {
  const options = { singletonKey: exportId, startAfter: seconds, match: 'all', db: fromKysely(db) } as const;
  const { jobs } = await boss.upsert(queueName, { exportId }, options);
  // A failed try that waits for its repetition may stand beside what it had scheduled: one is enough.
  if (jobs.length > 1) await boss.deleteJob(queueName, jobs.slice(1), { db: options.db });
}
