/** Pauses, resumes, extends or ends a schedule of somebody's own, or runs it now. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import { sameName } from '../../domain/exports/target-name.ts';
import {
  beginByHand,
  endSchedule,
  extendSchedule,
  isUnderWay,
  pauseSchedule,
  resumeSchedule,
} from '../../domain/schedules/schedule-moves.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { StartForSchedule } from '../exports/start-for-schedule.ts';
import { findName, type UnknownName } from '../names/find-name.ts';
import { loggedOf, queueSchedule, tellOthers } from './queue-schedule.ts';
import { keepBegunRun } from './run-schedule.ts';
import type { ScheduleListed } from './listed-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface ChangeScheduleDeps {
  readonly stores: Pick<Stores, 'schedules' | 'targetNames'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly startForSchedule: StartForSchedule;
}

type To = 'pause' | 'resume' | 'runNow' | 'end' | 'extend';

export interface ChangeWish {
  readonly requester: Requester;
  /** A name, or what it is called otherwise; with nothing written the only one is meant. */
  readonly which: { readonly written: string } | { readonly scheduleId: string };
  readonly to: To;
}

export type ChangeOutcome =
  /** As it is now, which it may have been before. */
  | { readonly kind: 'changed'; readonly to: To; readonly listed: ScheduleListed }
  /** Which one? */
  | { readonly kind: 'several'; readonly listed: readonly ScheduleListed[] }
  /** It may be exported, but not by a schedule of theirs. */
  | { readonly kind: 'notScheduled'; readonly written: string }
  | UnknownName
  /** Ended, or somebody else's. */
  | { readonly kind: 'notFound' }
  | { readonly kind: 'underWay'; readonly listed: ScheduleListed }
  /** Its last day is over, or no run comes before it: extended it goes on. */
  | { readonly kind: 'over'; readonly listed: ScheduleListed };

type List = (schedules: readonly Schedule[]) => Promise<readonly ScheduleListed[]>;

export async function changeSchedule(
  deps: ChangeScheduleDeps,
  wish: ChangeWish,
  list: List,
): Promise<ChangeOutcome> {
  const found = await findSchedule(deps, wish, list);
  if ('kind' in found) return found;
  const { kind, schedule } = await change(deps, wish, found.id);
  if (kind === 'notFound') return { kind };
  const [listed = { schedule }] = await list([schedule]);
  deps.log.info({ ...loggedOf(schedule), to: wish.to, came: kind }, 'somebody changed a schedule of theirs');
  return kind === 'changed' ? { kind, to: wish.to, listed } : { kind, listed };
}

async function findSchedule(
  { stores }: ChangeScheduleDeps,
  { requester, which }: ChangeWish,
  list: List,
): Promise<{ readonly id: string } | ChangeOutcome> {
  if ('scheduleId' in which) return { id: which.scheduleId };
  const own = await stores.schedules.of(requester);
  const written = which.written.trim();
  const names = await stores.targetNames.of(requester);
  const name = written === '' ? undefined : findName(names, { written });
  const listed = await list(own);
  const meant = listed.filter(({ schedule, title = '' }) => {
    if (name === undefined) return true;
    if (name.kind === 'found') return sameTarget(name.name.target, schedule.target);
    return sameName(title, written) || sameName(schedule.target.label, written);
  });
  const [only] = meant;
  if (meant.length === 1 && only !== undefined) return { id: only.schedule.id };
  if (meant.length > 1) return { kind: 'several', listed: meant };
  return name?.kind === 'unknownName' ? name : { kind: 'notScheduled', written };
}

type Changed =
  | { readonly kind: 'notFound'; readonly schedule?: undefined }
  | { readonly kind: 'changed' | 'underWay' | 'over'; readonly schedule: Schedule };

async function change(deps: ChangeScheduleDeps, wish: ChangeWish, id: string): Promise<Changed> {
  const { to } = wish;
  if (to === 'runNow') return runNow(deps, wish, id);
  return deps.transact<Changed>(async (stores) => {
    const schedule = await lockOwn(stores, wish, id);
    if (schedule === undefined) return { kind: 'notFound' };
    const now = deps.clock.now();
    const next = moved(schedule, to, now);
    if (next === undefined) return { kind: 'over', schedule };
    await saveSchedule(stores, { before: schedule, after: next, at: now });
    await queueSchedule(stores, next, now);
    await tellOthers(stores, schedule, next, now);
    return { kind: 'changed', schedule: next };
  });
}

function moved(schedule: Schedule, to: Exclude<To, 'runNow'>, now: Date): Schedule | undefined {
  switch (to) {
    case 'pause':
      return pauseSchedule(schedule, 'person', now);
    case 'resume':
      return resumeSchedule(schedule, now);
    case 'end':
      return endSchedule(schedule, 'person', now);
    case 'extend':
      return extendSchedule(schedule, now);
  }
}

async function lockOwn(stores: Stores, { requester }: ChangeWish, id: string): Promise<Schedule | undefined> {
  const schedule = await stores.schedules.lock(id);
  const isTheirs =
    schedule?.owner.tenantId === requester.tenantId && schedule.owner.userId === requester.userId;
  const isRunning = schedule?.state.kind === 'active' || schedule?.state.kind === 'paused';
  return isTheirs && isRunning ? schedule : undefined;
}

/** Whatever its condition: who asks for it wants to see it. */
async function runNow(deps: ChangeScheduleDeps, wish: ChangeWish, id: string): Promise<Changed> {
  let outcome: Changed = { kind: 'notFound' };
  await deps.startForSchedule(wish.requester, async (stores) => {
    const schedule = await lockOwn(stores, wish, id);
    if (schedule === undefined) {
      outcome = { kind: 'notFound' };
      return undefined;
    }
    if (isUnderWay(schedule.lastRun)) {
      outcome = { kind: 'underWay', schedule };
      return undefined;
    }
    const owner = { ...schedule.owner, ...wish.requester };
    const begun = beginByHand({ ...schedule, owner }, deps.clock.now());
    return {
      requester: owner,
      target: schedule.target,
      begun: async (exportId) => {
        const kept = await keepBegunRun(deps, stores, { before: schedule, begun }, exportId);
        outcome = { kind: 'changed', schedule: kept };
      },
    };
  });
  return outcome;
}
