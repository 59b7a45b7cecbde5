/** Lets schedules follow their owner's sign-in: what waited goes on at once; who signs out is not asked by a schedule. */
import type { Person } from '../../domain/exports/export-job.ts';
import { endSchedule, pauseSchedule, resumeSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { loggedOf, queueRun, queueSchedule, queueTelling } from './queue-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface OwnerSignsDeps {
  readonly stores: Pick<Stores, 'schedules'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: Pick<UserTokens, 'holds'>;
}

export interface OwnerSigns {
  readonly in: (person: Person) => Promise<void>;
  readonly out: (person: Person) => Promise<void>;
}

export const createOwnerSigns = (deps: OwnerSignsDeps): OwnerSigns => ({
  in: async (person) => {
    for (const { id } of await deps.stores.schedules.of(person))
      await deps.transact(async (stores) => {
        const schedule = await stores.schedules.lock(id);
        if (schedule === undefined) return;
        const now = deps.clock.now();
        const { state, lastRun } = schedule;
        if (lastRun?.outcome === 'waitingForSignIn') await queueRun(stores, schedule, lastRun, now);
        if (state.kind !== 'paused' || state.why !== 'signedOut') return;
        const resumed = resumeSchedule(schedule, now);
        if (resumed === undefined) return;
        await saveSchedule(stores, { before: schedule, after: resumed, at: now });
        await queueSchedule(stores, resumed, now);
        deps.log.info(loggedOf(resumed), 'a schedule goes on: its owner has signed in');
      });
  },
  out: async (person) => {
    if (await deps.tokens.holds(person)) return;
    for (const { id } of await deps.stores.schedules.of(person))
      await deps.transact(async (stores) => {
        const schedule = await stores.schedules.lock(id);
        if (schedule?.state.kind !== 'active') return;
        const now = deps.clock.now();
        const isOwners = schedule.audience === 'owner';
        const left = isOwners
          ? pauseSchedule(schedule, 'signedOut', now)
          : endSchedule(schedule, 'signedOut', now);
        await saveSchedule(stores, { before: schedule, after: left, at: now });
        deps.log.info(loggedOf(left), 'a schedule stops: its owner has signed out');
        const key = `signedOut ${now.toISOString()}`;
        if (!isOwners) await queueTelling(stores, left, { what: 'ended', why: 'signedOut' }, { key, now });
      });
  },
});
