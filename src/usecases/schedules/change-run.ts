/** Changes a schedule in one transaction while a run of it is under way. */
import { isUnderWay } from '../../domain/schedules/schedule-moves.ts';
import type { Run, Schedule } from '../../domain/schedules/schedule.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { loggedOf } from './queue-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface ChangeRunDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
}

/** Once, while the run is under way; what is written alongside is kept with it. */
export async function changeRun(
  deps: ChangeRunDeps,
  id: string,
  { dueAt }: Run,
  move: (found: Schedule) => Schedule,
  alongside: (stores: Stores, before: Schedule, after: Schedule) => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  const changed = await deps.transact(async (stores) => {
    const before = await stores.schedules.lock(id);
    const run = before?.lastRun;
    if (before === undefined || !isUnderWay(run) || run.dueAt.getTime() !== dueAt.getTime()) return undefined;
    const after = move(before);
    await saveSchedule(stores, { before, after, at: deps.clock.now() });
    await alongside(stores, before, after);
    return after;
  });
  if (changed !== undefined && changed.lastRun?.outcome !== 'waitingForSignIn')
    deps.log.info(loggedOf(changed), 'a run of a schedule has ended');
  return changed !== undefined;
}
