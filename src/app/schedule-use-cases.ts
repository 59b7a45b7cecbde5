/** Builds the use cases of schedules: what people ask for, and what the queue runs. */
import { createStartForSchedule } from '../usecases/exports/start-for-schedule.ts';
import type { StartExport, StartExportDeps } from '../usecases/exports/start-export.ts';
import { createCarryRun, type CarryRunDeps } from '../usecases/schedules/carry-run.ts';
import { createFollowTeam } from '../usecases/schedules/follow-team.ts';
import { createOwnerSigns, type OwnerSignsDeps } from '../usecases/schedules/owner-signs.ts';
import { createRunSchedule, createWakeSchedules } from '../usecases/schedules/run-schedule.ts';
import { createSchedules, type SchedulesDeps } from '../usecases/schedules/schedules.ts';
import { createSubscriptions, type SubscriptionsDeps } from '../usecases/schedules/subscriptions.ts';
import {
  createEndWhenOver,
  createTellOver,
  createTellSchedule,
  type TellOverDeps,
  type TellScheduleDeps,
} from '../usecases/schedules/tell-schedule.ts';

type Deps = StartExportDeps &
  CarryRunDeps &
  OwnerSignsDeps &
  TellScheduleDeps &
  TellOverDeps &
  Omit<SubscriptionsDeps, 'startExport'> &
  Omit<SchedulesDeps, 'startForSchedule'>;

export function createScheduleUseCases(deps: Deps, startExport: StartExport) {
  const startForSchedule = createStartForSchedule(deps);
  return {
    schedules: createSchedules({ ...deps, startForSchedule }),
    subscriptions: createSubscriptions({ ...deps, startExport }),
    wakeSchedules: createWakeSchedules(deps),
    followTeam: createFollowTeam(deps),
    tasks: {
      ownerSigns: createOwnerSigns(deps),
      runSchedule: createRunSchedule({ ...deps, startForSchedule }),
      carryRun: createCarryRun(deps),
      endWhenOver: createEndWhenOver(deps),
      tellSchedule: createTellSchedule(deps),
      tellOver: createTellOver(deps),
    },
  };
}
