/** Wakes exports when they are due, and runs tasks and work on files, queued over pg-boss: port WorkQueue. */
import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import * as z from 'zod';
import { present } from '../../domain/present.ts';
import type { TakenExport, WorkQueue } from '../../ports/export-jobs.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { FileWork } from '../../ports/readings.ts';
import type { Database, ScopedDb } from '../store/engine/database.ts';
import { countWakes } from '../store/exports/export-wakes.ts';
import { exportsQueue, fileWorkQueue, overBoss, startBoss, type QueueName } from './boss.ts';
import { onlyOf } from './only-of.ts';
import { createRetryFailed } from './retry-failed.ts';
import { superviseWhileBusy } from './supervision.ts';
import { bringForward, forgetTasksOfOthers, queueIn, type QueueInDeps } from './schedule-work.ts';
import { keyOfTask, parseTask } from './task-payload.ts';
import { createWakes } from './wakes.ts';
import { startWorker, type Worker } from './worker.ts';

export interface Queue {
  /** Bound to a transaction, or to the database itself. */
  readonly in: (db: ScopedDb) => WorkQueue;
  /**
   * Works on what is due, at most 240 exports, fewer than 120 of them of one tenant, and 4 files at a time. A handler may be
   * called for the same one twice at once, and some milliseconds early. What rejects is tried again after 1 s, 2 s, 4 s … 60 s.
   */
  readonly start: (followUp: FollowUp, workOnFile?: WorkOnFile, runTask?: RunTask) => void;
  /** Committed: something for one of the workers, and when it is due. */
  readonly queued: (what: 'exports' | 'tasks' | 'files', at: Date) => void;
  /** The clock was set forward by so many seconds: what waits is due that much earlier. */
  readonly bringForward: (seconds: number) => Promise<void>;
  /** Removes what has waited since then for tenants that are not served. */
  readonly forgetOthers: (before: Date) => Promise<void>;
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
  /** Under which the others know this process; a name of its own unless given. */
  readonly instanceId?: string;
  /** All unless given: what waits for others is left where it is. */
  readonly tenants?: ReadonlySet<string>;
}

export async function createWorkQueue(database: Database, deps: WorkQueueDeps): Promise<Queue> {
  const boss = await startBoss(database.engine, deps.log);
  const endSupervision = superviseWhileBusy({ boss, db: database.db, log: deps.log });
  let workers: Workers | undefined;
  const queue: Queue = {
    in: (db) => queueIn({ boss, db, clock: deps.clock, onWake: (at) => queue.queued('exports', at) }),
    queued: (what, at) => {
      if (what === 'exports') workers?.exports.stir();
      else workers?.[what]?.wake(Math.max(wakesAfter[what], at.getTime() - deps.clock.now().getTime()));
    },
    start: (followUp, workOnFile, runTask = noTasks) => {
      const { queued } = queue;
      workers ??= startWorkers({ ...deps, boss, db: database.db, queued }, { followUp, workOnFile, runTask });
    },
    bringForward: async (seconds) => {
      await bringForward(database.db, seconds);
      workers?.exports.stir();
      workers?.tasks.wake();
      workers?.files?.wake();
    },
    forgetOthers: async (before) => {
      if (deps.tenants !== undefined)
        await forgetTasksOfOthers(database.db.acrossTenants('tenants struck off'), [...deps.tenants], before);
    },
    stop: async (graceMilliseconds) => {
      const running: readonly Worker[] = workers === undefined ? [] : Object.values(workers);
      await Promise.all(running.map((worker) => worker.stop(graceMilliseconds)));
      await endSupervision();
      await boss.stop({ graceful: false });
    },
    depth: async () => {
      const [wakes, tasks] = [
        await countWakes(database.db.acrossTenants('operators count')),
        await depthOf(boss, exportsQueue),
      ];
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

interface Workers {
  readonly exports: Worker;
  readonly tasks: Worker;
  readonly files?: Worker;
}

function startWorkers(
  deps: QueueInDeps & WorkQueueDeps & Pick<Queue, 'queued'>,
  handlers: Handlers,
): Workers {
  const { boss, db, clock, log, queued, instanceId = randomUUID(), tenants } = deps;
  const { followUp, runTask, workOnFile } = handlers;
  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);
  const { schedule, scheduleFileWork, scheduleTask } = queueIn(deps);
  const scheduleAgain = async (task: QueuedTask, seconds: number): Promise<void> => {
    const at = inSeconds(seconds);
    await scheduleTask(task, at);
    queued('tasks', at);
  };
  const runTaskAgain = createRetryFailed({
    work: async (task: QueuedTask) => {
      const seconds = await runTask(task);
      if (seconds !== undefined) await scheduleAgain(task, seconds);
    },
    nameOf: keyOfTask,
    log,
    again: scheduleAgain,
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
    source: createWakes({ db, clock, instanceId, ...present({ tenants: tenants && [...tenants] }) }),
    handler: (taken) => followUpAgain({ exportId: taken.exportId, taken }),
  });
  const onTasks = startWorker({
    ...many,
    ...wokenWhenQueued,
    source: onlyOf(tenants, overBoss(boss, exportsQueue)),
    handler: ({ data }) => {
      const due = duePayload.parse(data);
      return 'exportId' in due ? followUpAgain(due) : runTaskAgain(parseTask(due.task));
    },
  });
  if (workOnFile === undefined) return { exports: onExports, tasks: onTasks };
  const workOnFileAgain = createRetryFailed({
    work: workOnFile,
    nameOf: ({ kind, id }: FileWork) => `${kind} ${id}`,
    log,
    again: async (work, seconds) => {
      const at = inSeconds(seconds);
      await scheduleFileWork(work, at);
      queued('files', at);
    },
  });
  return { exports: onExports, tasks: onTasks, files: onFiles(boss, log, workOnFileAgain) };
}

/** Milliseconds: the card that tells that there is a file goes before the work on it. */
const wakesAfter = { tasks: 0, files: 50 };

/** Whatever is queued here wakes its worker; between that it looks for what others have left. */
const wokenWhenQueued = { idleAfterMilliseconds: 0 };

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
    ...wokenWhenQueued,
    source: overBoss(boss, fileWorkQueue),
    maxRunning: 4,
    maxBatch: 4,
    handler: ({ data }) => workOnFile(fileWorkPayload.parse(data)),
  });

async function depthOf(boss: PgBoss, queue: QueueName): Promise<QueueDepth> {
  const found = await boss.getQueue(queue);
  if (found === null) throw new Error(`The queue ${queue} is not there`);
  return { queued: found.queuedCount, ready: found.readyCount, active: found.activeCount };
}
