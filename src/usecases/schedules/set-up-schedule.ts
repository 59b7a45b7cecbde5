/** Sets up a schedule: finds what it is of, its time zone and its last day, and keeps it with its first run. */
import { isDeepStrictEqual } from 'node:util';
import type { Requester } from '../../domain/exports/export-job.ts';
import { sameTarget, type Target } from '../../domain/exports/target.ts';
import { present } from '../../domain/present.ts';
import { dayIn, endOfDay, isZone, monthsLater, nextRun } from '../../domain/schedules/next-run.ts';
import { usualMonths } from '../../domain/schedules/schedule-moves.ts';
import type { Schedule, Timing } from '../../domain/schedules/schedule.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { CountOthers } from '../../ports/messenger.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { NameWish } from '../names/find-name.ts';
import { findNameHere, namesHere, type UnknownNameHere } from '../names/names-here.ts';
import { queueSchedule } from './queue-schedule.ts';
import type { ScheduleListed } from './listed-schedule.ts';
import { insertSchedule } from './save-schedule.ts';

export interface SetUpDeps {
  readonly stores: Pick<Stores, 'exports' | 'schedules' | 'targetNames' | 'sharedNames'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Log;
  readonly countOthers: CountOthers;
  readonly scheduleLimits: ScheduleLimits;
}

/** Schedules that have not ended. */
interface ScheduleLimits {
  readonly perUser: number;
  readonly perTenant: number;
}

type ScheduledThing = NameWish | { readonly target: Target } | { readonly exportId: string };

export interface SetUpWish {
  readonly requester: Requester;
  readonly conversation: Conversation;
  readonly what: ScheduledThing;
  readonly timing: Timing;
  /** IANA, as the activity tells it; else where their newest schedule says that they live. */
  readonly zone?: string;
  /** Idempotency key: an activity that is delivered again sets up nothing more. */
  readonly activityId?: string;
}

export type SetUpOutcome =
  | { readonly kind: 'scheduled'; readonly listed: ScheduleListed }
  | UnknownNameHere
  /** The export is not theirs, or not kept any more. */
  | { readonly kind: 'notFound' }
  | { readonly kind: 'zoneUnknown' }
  | { readonly kind: 'tooMany'; readonly of: 'person' | 'tenant'; readonly max: number }
  /** Its last day is over before its first run. */
  | { readonly kind: 'neverRuns' }
  /** In a group or channel: it is kept, and runs once its owner accepts it. `others`: how many people will see it, where Teams says so in time. */
  | {
      readonly kind: 'askConsent';
      readonly listed: ScheduleListed;
      readonly others?: number;
    };

const patienceMilliseconds = 1500;

export async function setUpSchedule(deps: SetUpDeps, wish: SetUpWish, list: List): Promise<SetUpOutcome> {
  const { requester } = wish;
  const found = await targetOf(deps, wish);
  if (found.kind !== 'target') return found;
  const { target } = found;
  const zone = wish.zone ?? (await deps.stores.schedules.zoneOf(requester));
  if (zone === undefined || !isZone(zone)) return { kind: 'zoneUnknown' };
  const schedule = newSchedule(deps, wish, target, zone);
  if (schedule === undefined) return { kind: 'neverRuns' };
  if (schedule.audience === 'everybody') return offer(deps, schedule, list);
  const kept = await keep(deps, wish, schedule);
  if (kept.kind !== 'kept') return kept;
  const [listed = { schedule: kept.schedule }] = await list([kept.schedule]);
  return { kind: 'scheduled', listed };
}

type List = (schedules: readonly Schedule[]) => Promise<readonly ScheduleListed[]>;

async function offer(deps: SetUpDeps, schedule: Schedule, list: List): Promise<SetUpOutcome> {
  const { owner, conversation, madeAt } = schedule;
  const reached = await reachedLimit(deps, deps.stores, owner);
  if (reached !== undefined) return reached;
  const offered: Schedule = { ...schedule, state: { kind: 'offered', since: madeAt } };
  const [others] = await Promise.all([
    withTimeout(patienceMilliseconds, deps.countOthers(conversation, owner)),
    deps.stores.schedules.insert(offered),
  ]);
  const [listed = { schedule: offered }] = await list([offered]);
  return { kind: 'askConsent', listed, ...present({ others }) };
}

async function targetOf(
  deps: SetUpDeps,
  { what, requester, conversation }: SetUpWish,
): Promise<
  { readonly kind: 'target'; readonly target: Target } | UnknownNameHere | { readonly kind: 'notFound' }
> {
  if ('target' in what) return { kind: 'target', target: what.target };
  if ('exportId' in what) {
    const job = await deps.stores.exports.loadOwn(requester, what.exportId);
    return job === undefined ? { kind: 'notFound' } : { kind: 'target', target: job.target };
  }
  const found = findNameHere(await namesHere(deps.stores, requester, conversation), what);
  return found.kind === 'found' ? { kind: 'target', target: found.name.target } : found;
}

/** Undefined when it would never run. */
function newSchedule(
  { clock, chance }: SetUpDeps,
  { requester: owner, conversation, timing }: SetUpWish,
  target: Target,
  zone: string,
): Schedule | undefined {
  const now = clock.now();
  const until = timing.until ?? monthsLater(dayIn(zone, now), usualMonths);
  const nextAt = nextRun({ ...timing, until }, zone, now);
  if (nextAt === undefined) return undefined;
  return {
    id: chance.newId(),
    owner,
    target,
    conversation,
    audience: conversation.kind === 'personal' ? 'owner' : 'everybody',
    timing: { ...timing, until },
    zone,
    until: endOfDay(until, zone),
    state: { kind: 'active', nextAt },
    failures: 0,
    madeAt: now,
  };
}

type Kept = { readonly kind: 'kept'; readonly schedule: Schedule } | TooMany;

export type TooMany = Extract<SetUpOutcome, { readonly kind: 'tooMany' }>;

async function keep(deps: SetUpDeps, wish: SetUpWish, schedule: Schedule): Promise<Kept> {
  const { owner, conversation } = schedule;
  const { activityId } = wish;
  const kept = await deps.transact<Kept>(async (stores) => {
    // Whoever counts at the same time, or erases, waits.
    await stores.exports.lockCounts(owner.tenantId);
    if (activityId !== undefined) {
      const grant = `schedule of ${activityId}`;
      const isFirst = await stores.inbound.firstTime(
        conversation.tenantId,
        conversation.conversationId,
        grant,
      );
      const earlier = isFirst ? undefined : await earlierOf(stores, schedule);
      if (earlier !== undefined) return { kind: 'kept', schedule: earlier };
    }
    const same = await sameOf(stores, schedule);
    if (same !== undefined) return { kind: 'kept', schedule: same };
    const reached = await reachedLimit(deps, stores, owner);
    if (reached !== undefined) return reached;
    await insertSchedule(stores, schedule, schedule.madeAt);
    await queueSchedule(stores, schedule, deps.clock.now());
    return { kind: 'kept', schedule };
  });
  if (kept.kind === 'kept')
    deps.log.info(
      {
        scheduleId: kept.schedule.id,
        tenantId: owner.tenantId,
        userId: owner.userId,
        audience: schedule.audience,
      },
      'somebody set up a schedule',
    );
  return kept;
}

/** The form was sent twice: that it runs at the same times for the same people is what was asked for, and is so already. */
async function sameOf({ schedules }: Stores, { owner, target, audience, zone, timing }: Schedule) {
  return (await schedules.of(owner)).find(
    (one) =>
      one.state.kind === 'active' &&
      one.audience === audience &&
      one.zone === zone &&
      sameTarget(one.target, target) &&
      isDeepStrictEqual(one.timing, timing),
  );
}

async function earlierOf({ schedules }: Stores, { owner, target }: Schedule): Promise<Schedule | undefined> {
  const same = (await schedules.of(owner)).filter((one) => sameTarget(one.target, target));
  return same.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime())[0];
}

export async function reachedLimit(
  { scheduleLimits: { perUser, perTenant } }: Pick<SetUpDeps, 'scheduleLimits'>,
  { schedules }: Pick<Stores, 'schedules'>,
  owner: Requester,
): Promise<TooMany | undefined> {
  const { ofPerson, ofTenant } = await schedules.counts(owner);
  if (ofPerson >= perUser) return { kind: 'tooMany', of: 'person', max: perUser };
  return ofTenant >= perTenant ? { kind: 'tooMany', of: 'tenant', max: perTenant } : undefined;
}
