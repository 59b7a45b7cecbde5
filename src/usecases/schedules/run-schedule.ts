/** Begins the run of a schedule that is due: the run, its export and the next run's task are kept together. */
import { isOpen } from '../../domain/exports/export-job.ts';
import { decideRun } from '../../domain/schedules/run-decision.ts';
import { beginDueRun, isUnderWay } from '../../domain/schedules/schedule-moves.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { StartForSchedule } from '../exports/start-for-schedule.ts';
import { loggedOf, queueRun, queueSchedule, tellEnded } from './queue-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface RunScheduleDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly startForSchedule: StartForSchedule;
}

type TaskOf<K extends QueuedTask['kind']> = Extract<QueuedTask, { readonly kind: K }>;

/**
 * May be run again: a run that has begun does not begin once more. Resolves with the seconds after which to try again, if the run
 * before is about to be posted.
 */
export type RunSchedule = (task: TaskOf<'runSchedule'>) => Promise<number | undefined>;

export function createRunSchedule(deps: RunScheduleDeps): RunSchedule {
  return async function runSchedule({ person, scheduleId, dueAt }) {
    let again: number | undefined;
    await deps.startForSchedule(person, async (stores) => {
      again = undefined;
      const schedule = await stores.schedules.lock(scheduleId);
      const now = deps.clock.now();
      const begun = schedule && beginDueRun(schedule, new Date(dueAt), now);
      if (schedule === undefined || begun === undefined) return undefined;
      if (
        now.getTime() - new Date(dueAt).getTime() < longestWait &&
        (await isBeingSettled(stores, schedule))
      ) {
        again = secondsToFirstLook;
        return undefined;
      }
      const { lastRun } = schedule;
      if (lastRun?.outcome === 'waitingForSignIn')
        await tellEnded(stores, schedule, begun, lastRun, 'skipped', now);
      if (lastRun?.outcome === 'underWay')
        deps.log.warn(loggedOf(begun), 'a run was still under way when the next one was due: it is left');
      if (begun.state.kind !== 'active') {
        await saveSchedule(stores, { before: schedule, after: begun, at: now });
        deps.log.info(loggedOf(begun), 'a schedule is paused');
        return undefined;
      }
      return {
        requester: begun.owner,
        target: begun.target,
        begun: async (exportId) => {
          await keepBegunRun(deps, stores, { before: schedule, begun }, exportId);
          await queueSchedule(stores, begun, deps.clock.now());
        },
      };
    });
    return again;
  };
}

const secondsToFirstLook = 5;
/** Milliseconds. */
const longestWait = 3600_000;

/** The export of the run before has ended, or its owner has signed in since they were asked, and nothing is posted yet. */
async function isBeingSettled({ exports }: Pick<Stores, 'exports'>, { lastRun }: Schedule): Promise<boolean> {
  if (!isUnderWay(lastRun) || lastRun.exportId === undefined) return false;
  const job = await exports.load(lastRun.exportId);
  if (job === undefined || decideRun(job, 'always', undefined) === 'waitingForSignIn') return false;
  return lastRun.outcome === 'waitingForSignIn' || !isOpen(job);
}

export async function keepBegunRun(
  { clock }: Pick<RunScheduleDeps, 'clock'>,
  stores: Stores,
  { before, begun }: { readonly before: Schedule; readonly begun: Schedule },
  exportId: string,
): Promise<Schedule> {
  const { lastRun } = begun;
  if (lastRun === undefined) throw new Error('A run that has not begun');
  const kept = { ...begun, lastRun: { ...lastRun, exportId } };
  const now = clock.now();
  await saveSchedule(stores, { before, after: kept, at: now });
  await queueRun(stores, kept, lastRun, new Date(now.getTime() + secondsToFirstLook * 1000));
  return kept;
}

export interface WakeSchedulesDeps {
  readonly stores: Pick<Stores, 'schedules'>;
  readonly transact: Transact;
  readonly clock: Clock;
}

/** Queues at once whatever is due by the bot's clock, as after it was set forward. Runs that are queued already begin once. */
export type WakeSchedules = () => Promise<void>;

const most = 1000;

export const createWakeSchedules = ({ stores, transact, clock }: WakeSchedulesDeps): WakeSchedules =>
  async function wakeSchedules() {
    const now = clock.now();
    const due = await stores.schedules.dueBefore(now, most);
    await transact(async ({ queue }) => {
      for (const { id: scheduleId, person, dueAt } of due)
        await queue.scheduleTask(
          { kind: 'runSchedule', person, scheduleId, dueAt: dueAt.toISOString() },
          now,
        );
    });
  };
