/** Sets up, lists and changes what people have exported again and again; each schedule is its owner's alone. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Stores } from '../../ports/runtime.ts';
import {
  changeSchedule,
  type ChangeOutcome,
  type ChangeScheduleDeps,
  type ChangeWish,
} from './change-schedule.ts';
import { listedFor, titleOf, type ScheduleListed } from './listed-schedule.ts';
import { setUpSchedule, type SetUpDeps, type SetUpOutcome, type SetUpWish } from './set-up-schedule.ts';

export interface Schedules {
  /** Their own that have not ended: the soonest first, the paused ones last. */
  readonly list: (wish: { readonly requester: Person }) => Promise<readonly ScheduleListed[]>;
  /** The subscriptions of a group or channel, whosever they are; without their owners' names for what is in them. */
  readonly listHere: (wish: { readonly conversation: Conversation }) => Promise<readonly ScheduleListed[]>;
  readonly setUp: (wish: SetUpWish) => Promise<SetUpOutcome>;
  readonly change: (wish: ChangeWish) => Promise<ChangeOutcome>;
}

export interface SchedulesDeps extends SetUpDeps, ChangeScheduleDeps {
  readonly stores: Pick<Stores, 'schedules' | 'targetNames' | 'sharedNames' | 'exports'>;
}

export const createSchedules = (deps: SchedulesDeps): Schedules => {
  const listed = (person: Person, schedules: readonly Schedule[]) => listedFor(deps, person, schedules);
  return {
    list: async ({ requester }) => listed(requester, await deps.stores.schedules.of(requester)),
    listHere: async ({ conversation }) => {
      const there = await deps.stores.schedules.subscriptionsIn(conversation);
      return Promise.all(there.map(async (schedule) => ({ schedule, ...(await titleOf(deps, schedule)) })));
    },
    setUp: (wish) => setUpSchedule(deps, wish, (schedules) => listed(wish.requester, schedules)),
    change: (wish) => changeSchedule(deps, wish, (schedules) => listed(wish.requester, schedules)),
  };
};
