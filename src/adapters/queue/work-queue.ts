/** Wakes exports when they are due, and runs tasks and work on files, queued over pg-boss: port WorkQueue. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { TakenExport, WorkQueue } from '../../ports/export-jobs.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { FileWork } from '../../ports/readings.ts';
import type { Database, Tables } from '../store/engine/database.ts';
import {
  countWakes,
  giveBackTaken,
  keepTaken,
  settleTaken,
  takeDue,
  untilNextWake,
} from '../store/exports/export-wakes.ts';
import { exportsQueue, fileWorkQueue, overBoss, startBoss, type QueueName } from './boss.ts';
import { createRetryFailed } from './retry-failed.ts';
import { superviseWhileBusy } from './supervision.ts';
import { queueIn, type QueueInDeps } from './schedule-work.ts';
import { keyOfTask, parseTask } from './task-payload.ts';
import { startWorker, type Worker, type WorkSource } from './worker.ts';

export interface Queue {
  /** Bound to a transaction, or to the database itself. */
  readonly in: (db: Kysely<Tables>) => WorkQueue;
  /**
   * Works on what is due, at most 240 exports, fewer than 120 of them of one tenant, and 4 files at a time. A handler may be
   * called for the same one twice at once, and some milliseconds early. What rejects is tried again after 1 s, 2 s, 4 s … 60 s.
   */
  readonly start: (followUp: FollowUp, workOnFile?: WorkOnFile, runTask?: RunTask) => void;
  /** Committed: wakes of exports, or tasks and work on files, which are due as a rule. */
  readonly queued: (what: 'wakes' | 'work') => void;
  /** Waits for running handlers up to the grace time, then ends pg-boss. The database stays open. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
  /** Counts that are up to 6 s old; `ready` is due and waits for a worker. */
  readonly depth: () => Promise<Readonly<Record<'exports' | 'files', QueueDepth>>>;
}

type FollowUp = (exportId: string, taken?: TakenExport) => Promise<unknown>;
type WorkOnFile = (work: FileWork) => Promise<void>;
/** Resolves with the seconds after which it should be done once more, if it should. */
type RunTask = (task: QueuedTask) => Promise<number | undefined>;

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
  const endSupervision = superviseWhileBusy({ boss, db: database.db, log: deps.log });
  let workers: readonly Worker[] = [];
  const queue: Queue = {
    in: (db) => queueIn({ boss, db, clock: deps.clock }),
    queued: (what) => {
      const [onExports, ...others] = workers;
      if (what === 'wakes') onExports?.stir();
      else for (const worker of others) worker.wake();
    },
    start: (followUp, workOnFile, runTask = noTasks) => {
      if (workers.length > 0) return;
      workers = startWorkers({ ...deps, boss, db: database.db }, { followUp, workOnFile, runTask });
    },
    stop: async (graceMilliseconds) => {
      await Promise.all(workers.map((worker) => worker.stop(graceMilliseconds)));
      await endSupervision();
      await boss.stop({ graceful: false });
    },
    depth: async () => {
      const [wakes, tasks] = [await countWakes(database.db), await depthOf(boss, exportsQueue)];
      return {
        exports: {
          queued: wakes.queued + tasks.queued,
          ready: wakes.ready + tasks.ready,
          active: wakes.active + tasks.active,
        },
        files: await depthOf(boss, fileWorkQueue),
      };
    },
  };
  return queue;
}

interface Handlers {
  readonly followUp: FollowUp;
  readonly workOnFile: WorkOnFile | undefined;
  readonly runTask: RunTask;
}

function startWorkers(deps: QueueInDeps & WorkQueueDeps, handlers: Handlers): readonly Worker[] {
  const { boss, db, clock, log } = deps;
  const { followUp, runTask, workOnFile } = handlers;
  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);
  const { schedule, scheduleFileWork, scheduleTask } = queueIn(deps);
  const runTaskAgain = createRetryFailed({
    work: async (task: QueuedTask) => {
      const seconds = await runTask(task);
      if (seconds !== undefined) await scheduleTask(task, inSeconds(seconds));
    },
    nameOf: keyOfTask,
    log,
    again: (task, seconds) => scheduleTask(task, inSeconds(seconds)),
  });
  const followUpAgain = createRetryFailed({
    work: (due: DueExport) => followUp(due.exportId, due.taken),
    nameOf: ({ exportId }: DueExport) => exportId,
    log,
    again: ({ exportId }, seconds) => schedule(exportId, inSeconds(seconds)),
  });
  const many = { log, maxRunning: 240, maxBatch: 60 };
  const onExports = startWorker({
    ...many,
    source: createWakes(db, clock),
    handler: (taken) => followUpAgain({ exportId: taken.exportId, taken }),
  });
  const onTasks = startWorker({
    ...many,
    source: overBoss(boss, exportsQueue),
    handler: ({ data }) => {
      const due = duePayload.parse(data);
      return 'exportId' in due ? followUpAgain(due) : runTaskAgain(parseTask(due.task));
    },
  });
  if (workOnFile === undefined) return [onExports, onTasks];
  const workOnFileAgain = createRetryFailed({
    work: workOnFile,
    nameOf: ({ kind, id }: FileWork) => `${kind} ${id}`,
    log,
    again: (work, seconds) => scheduleFileWork(work, inSeconds(seconds)),
  });
  return [onExports, onTasks, onFiles(boss, log, workOnFileAgain)];
}

/** `taken` is missing from what an earlier release has queued. */
interface DueExport {
  readonly exportId: string;
  readonly taken?: TakenExport;
}

/** A task, or an export that an earlier release has queued. */
const duePayload = z.union([z.object({ exportId: z.string() }), z.object({ task: z.unknown() })]);
const noTasks: RunTask = () => Promise.reject(new Error('Nobody here runs tasks'));
const fileWorkPayload = z.object({ kind: z.enum(['readExport', 'readOwnFile', 'save']), id: z.string() });

const onFiles = (boss: PgBoss, log: Log, workOnFile: WorkOnFile): Worker =>
  startWorker({
    log,
    source: overBoss(boss, fileWorkQueue),
    maxRunning: 4,
    maxBatch: 4,
    handler: ({ data }) => workOnFile(fileWorkPayload.parse(data)),
  });

const createWakes = (db: Kysely<Tables>, clock: Clock): WorkSource<TakenExport> => ({
  fetch: (max, exceptTenants) => takeDue(db, { holder: randomUUID(), max, exceptTenants }),
  complete: (taken) => settleTaken(db, taken, clock.now()),
  fail: (taken) => giveBackTaken(db, taken),
  touch: (taken) => keepTaken(db, taken),
  groupOf: ({ tenantId }) => tenantId,
  untilNext: () => untilNextWake(db),
});

async function depthOf(boss: PgBoss, queue: QueueName): Promise<QueueDepth> {
  const found = await boss.getQueue(queue);
  if (found === null) throw new Error(`The queue ${queue} is not there`);
  return { queued: found.queuedCount, ready: found.readyCount, active: found.activeCount };
}
