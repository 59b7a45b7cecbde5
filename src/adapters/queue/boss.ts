/** Starts pg-boss on either engine, with one queue for tasks and one for work on files. */
import { fromPglite, PgBoss, type ConstructorOptions, type Job } from 'pg-boss';
import type { Log } from '../../ports/runtime.ts';
import type { Engine } from '../store/engine/database.ts';
import type { WorkSource } from './worker.ts';

/** Of tasks; an earlier release had exports in it, too. */
export const exportsQueue = 'exports';
/** A queue of its own: a file that takes a minute must not hold up a look at Graph. */
export const fileWorkQueue = 'file-work';

export type QueueName = typeof exportsQueue | typeof fileWorkQueue;

const day = 24 * 3600;

/**
 * Retries never end and nothing is dropped for its age: an export leaves the queue only by being done. They do not back off,
 * because each may be a killed process's; work that fails by itself is queued anew, with back-off, by `retry-failed.ts`.
 */
const queueOptions = {
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: false,
  // A killed process is noticed by its missing heartbeats, a handler that hangs after five minutes.
  heartbeatSeconds: 15,
  expireInSeconds: 300,
  retentionSeconds: 3650 * day,
  deleteAfterSeconds: 300,
};

/** Its passes are begun in supervision.ts. */
const supervision = {
  supervise: false,
  monitorIntervalSeconds: 6,
  maintenanceIntervalSeconds: 300,
  queueCacheIntervalSeconds: 3600,
};

/** No cron, no flows, no instance registry, no index rebuilding, no tracing. */
const leftOut = {
  schedule: false,
  registerInstance: false,
  reindex: false,
  monitorVacuum: false,
  flowIntervalSeconds: day,
  bamIntervalSeconds: 3600,
  openTelemetry: { enabled: false },
};

function connection(engine: Engine): ConstructorOptions {
  switch (engine.kind) {
    case 'embedded':
      return { db: fromPglite(engine.pglite), backend: 'pglite' };
    case 'postgres': {
      // A pool of its own: pg-boss sends statement blocks that a shared connection could be left inside of.
      const pool = {
        connectionString: engine.url,
        max: 4,
        connectionTimeoutMillis: 5000,
        // Handed to pg, which would open a new connection for every few questions of an idle bot.
        idleTimeoutMillis: 60_000,
        application_name: 'goals-export-bot-queue',
      };
      return pool;
    }
  }
}

/** Installs or upgrades pg-boss's own schema; safe with two instances at once. */
export async function startBoss(engine: Engine, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({ ...connection(engine), ...supervision, ...leftOut });
  boss.on('error', (error) => log.error({ err: error }, 'the queue had trouble'));
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'the queue warns'));
  await boss.start();
  for (const name of [exportsQueue, fileWorkQueue]) {
    await boss.createQueue(name, { policy: 'short', ...queueOptions });
    await boss.updateQueue(name, queueOptions);
  }
  return boss;
}

/** Its jobs, with their attempts: what meanwhile was given to another process stays untouched. */
export const overBoss = (boss: PgBoss, queue: QueueName): WorkSource<Job> => ({
  fetch: (batchSize, ignoreGroups) => boss.fetch(queue, { batchSize, ignoreGroups: [...ignoreGroups] }),
  complete: (jobs) => boss.complete(queue, [...jobs]),
  fail: (jobs) => boss.fail(queue, [...jobs]),
  touch: (jobs) => boss.touch(queue, [...jobs]),
  groupOf: ({ groupId }) => groupId ?? undefined,
});
