/** Queues wakes of exports, tasks and work on files, each once: port WorkQueue over the exports' rows and pg-boss. */
import { sql, type Kysely } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { ScopedDb, Tables } from '../store/engine/database.ts';
import { bringWakesForward, scheduleWake } from '../store/exports/export-wakes.ts';
import { exportsQueue, fileWorkQueue, type QueueName } from './boss.ts';
import { keyOfTask, priorityOfTask, tenantOfTask } from './task-payload.ts';

export interface QueueInDeps {
  readonly boss: PgBoss;
  readonly db: ScopedDb;
  readonly clock: Clock;
  readonly onWake?: (at: Date) => void;
}

/** Bound to a transaction, or to the database itself. */
export function queueIn({ boss, db, clock, onWake }: QueueInDeps): WorkQueue {
  return {
    schedule: (exportId, at) => scheduleWake(db.ofSubject(exportId), exportId, secondsUntil(at, clock)),
    noteWake: (_exportId, at) => {
      // Inside a transaction nothing is there yet: `transact` tells it after the commit.
      if (!db.isTransaction) onWake?.(at);
    },
    scheduleFileWork: ({ kind, id }, at) => {
      const seconds = secondsUntil(at, clock);
      return schedule(boss, db, { queue: fileWorkQueue, key: `${kind} ${id}`, data: { kind, id }, seconds });
    },
    scheduleTask: (task, at) =>
      schedule(boss, db, {
        queue: exportsQueue,
        key: keyOfTask(task),
        data: { task },
        seconds: secondsUntil(at, clock),
        group: tenantOfTask(task),
        priority: priorityOfTask(task),
      }),
    forgetTasksOf: async ({ tenantId, userId }) => {
      // pg-boss keeps what is done for some minutes and finds nothing by what it holds.
      await sql`DELETE FROM pgboss.job WHERE name = ${exportsQueue}
          AND data->'task'->'person'->>'tenantId' = ${tenantId}
          AND data->'task'->'person'->>'userId' = ${userId}`.execute(ownTables(db));
    },
  };
}

/** The queue's tables, which know no tenant. */
const ownTables = (db: ScopedDb): Kysely<Tables> => db.acrossTenants('what is queued');

/** For a clock that was set forward: all that waits is due so many seconds earlier. */
export async function bringForward(db: ScopedDb, seconds: number): Promise<void> {
  await bringWakesForward(db.acrossTenants('the clock is everybody’s'), seconds);
  await sql`UPDATE pgboss.job SET start_after = start_after - ${seconds}::double precision * interval '1 second'
    WHERE state < 'active'`.execute(ownTables(db));
}

/** Tasks that have been due since then, of tenants that are not served. */
export async function forgetTasksOfOthers(
  db: Kysely<Tables>,
  tenants: readonly string[],
  before: Date,
): Promise<void> {
  await sql`DELETE FROM pgboss.job WHERE name = ${exportsQueue} AND state < 'active' AND start_after < ${before}
    AND group_id <> ALL(${tenants}::text[])`.execute(db);
}

/** A span, so that the database's clock decides even when this machine's is wrong. */
const secondsUntil = (at: Date, clock: Clock): number =>
  Math.max(0, (at.getTime() - clock.now().getTime()) / 1000);

interface Entry {
  readonly queue: QueueName;
  readonly key: string;
  readonly data: object;
  readonly seconds: number;
  /** Only so many of one group are worked on at the same time here. */
  readonly group?: string;
  /** The higher goes first; 0 unless given. */
  readonly priority?: number;
}

const optionsOf = (db: ScopedDb, { key, seconds, group, priority = 0 }: Entry) => ({
  singletonKey: key,
  startAfter: seconds,
  priority,
  db: fromKysely(ownTables(db)),
  ...(group === undefined ? {} : { group: { id: group } }),
});

/** In one statement where nothing is queued for the key; false where something is. */
const add = async (boss: PgBoss, db: ScopedDb, entry: Entry): Promise<boolean> =>
  (await boss.send(entry.queue, entry.data, optionsOf(db, entry))) !== null;

/** Adds it, or moves what is queued, whether for earlier or later; what is running already is not touched. */
async function schedule(boss: PgBoss, db: ScopedDb, entry: Entry): Promise<void> {
  if (await add(boss, db, entry)) return;
  const options = optionsOf(db, entry);
  const { jobs } = await boss.upsert(entry.queue, entry.data, { ...options, match: 'all' });
  // A failed try that waits for its retry may stand beside what it had scheduled: one is enough.
  if (jobs.length > 1) await boss.deleteJob(entry.queue, jobs.slice(1), { db: options.db });
}
