/** Lets the people of a group or channel deal with its subscriptions: accept one's own, ask for a pause, end one. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { samePerson } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { acceptSchedule, endSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { FindMember, FindPersonalChat } from '../../ports/messenger.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { StartExport, StartOutcome } from '../exports/start-export.ts';
import { day } from '../machine/limits.ts';
import { titleOf, type ScheduleListed } from './listed-schedule.ts';
import { loggedOf, queueSchedule, queueTelling } from './queue-schedule.ts';
import { reachedLimit, type SetUpDeps, type TooMany } from './set-up-schedule.ts';
import { saveSchedule } from './save-schedule.ts';
import {
  createPeopleLeft,
  endOne,
  isLive,
  notFound,
  type NotFound,
  type PeopleLeft,
} from './end-subscription.ts';

export interface SubscriptionsDeps extends Pick<SetUpDeps, 'scheduleLimits'> {
  readonly stores: Pick<Stores, 'schedules' | 'exports'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly findMember: FindMember;
  readonly findPersonalChat: FindPersonalChat;
  readonly startExport: StartExport;
}

interface Wish {
  readonly requester: Requester;
  readonly conversation: Conversation;
  readonly scheduleId: string;
}

interface Answering extends Wish {
  /** Our message that asked: once it is answered it goes. */
  readonly questionId?: string;
}

/** How whoever asks stands to it: it is theirs, they own its team, they only see it. */
type SubscriptionStanding = 'owner' | 'teamOwner' | 'member';

export interface Subscriptions {
  /** Its owner's yes to the question; saying it twice changes nothing, and after a no it is `over`. */
  readonly accept: (
    wish: Answering,
  ) => Promise<
    | { readonly kind: 'accepted'; readonly listed: ScheduleListed }
    | TooMany
    | { readonly kind: 'neverRuns' | 'over' }
    | NotFound
  >;
  /** Their no; after a yes it is `setUpAlready`. */
  readonly decline: (
    wish: Answering,
  ) => Promise<{ readonly kind: 'declined' | 'setUpAlready' | 'over' } | NotFound>;
  readonly about: (
    wish: Wish,
  ) => Promise<
    | { readonly kind: 'about'; readonly listed: ScheduleListed; readonly standing: SubscriptionStanding }
    | NotFound
  >;
  /** Its owner is told, once a day at most for each who asks. */
  readonly askPause: (
    wish: Wish,
  ) => Promise<{ readonly kind: 'asked' | 'askedAlready' | 'isPaused' } | NotFound>;
  /** For an owner of the team. */
  readonly end: (wish: Wish) => Promise<{ readonly kind: 'ended' | 'notAllowed' } | NotFound>;
  /** The same for whoever sees what is posted, as themselves. */
  readonly exportForMe: (wish: Wish) => Promise<StartOutcome | NotFound>;
  /** Somebody has left: what they share with those they left ends. */
  readonly left: PeopleLeft;
}

export const createSubscriptions = (deps: SubscriptionsDeps): Subscriptions => ({
  accept: (wish) => accept(deps, wish),
  decline: (wish) => decline(deps, wish),
  about: (wish) => about(deps, wish),
  askPause: (wish) => askPause(deps, wish),
  end: (wish) => endByTeam(deps, wish),
  exportForMe: async (wish) => {
    const schedule = await shownThere(deps, wish);
    if (schedule === undefined) return notFound;
    const { requester, conversation } = wish;
    return deps.startExport({ requester, conversation, target: schedule.target });
  },
  left: createPeopleLeft(deps),
});

/** All threads of a channel are one. */
export const baseOf = ({ conversationId }: Pick<Conversation, 'conversationId'>): string =>
  conversationId.replace(/;messageid=.*$/s, '');

/** Whatever is known of a subscription, its conversation knows. */
function isThere(schedule: Schedule | undefined, { requester, conversation }: Wish): schedule is Schedule {
  return (
    schedule?.audience === 'everybody' &&
    schedule.conversation.tenantId === requester.tenantId &&
    schedule.conversation.tenantId === conversation.tenantId &&
    baseOf(schedule.conversation) === baseOf(conversation)
  );
}

async function shownThere({ stores }: SubscriptionsDeps, wish: Wish): Promise<Schedule | undefined> {
  const schedule = await stores.schedules.load(wish.scheduleId);
  const isShown = isThere(schedule, wish) && isLive(schedule);
  return isShown ? schedule : undefined;
}

const patienceMilliseconds = 1500;

async function accept(deps: SubscriptionsDeps, wish: Answering): ReturnType<Subscriptions['accept']> {
  const { requester, scheduleId } = wish;
  const chat = await withTimeout(patienceMilliseconds, deps.findPersonalChat(requester, wish.conversation));
  const ownerChatId = chat?.kind === 'found' ? chat.conversation.conversationId : undefined;
  const outcome = await deps.transact(async (stores) => {
    // Whoever counts at the same time, or erases, waits.
    await stores.exports.lockCounts(requester.tenantId);
    const schedule = await stores.schedules.lock(scheduleId);
    if (!isThere(schedule, wish) || !samePerson(schedule.owner, requester)) return notFound;
    if (isLive(schedule)) return { kind: 'accepted', schedule } as const;
    if (schedule.state.kind !== 'offered') return { kind: 'over' } as const;
    const reached = await reachedLimit(deps, stores, requester);
    if (reached !== undefined) return reached;
    const now = deps.clock.now();
    const accepted = acceptSchedule({ ...schedule, ...present({ ownerChatId }) }, now);
    if (accepted === undefined) return { kind: 'neverRuns' } as const;
    await saveSchedule(stores, { before: schedule, after: accepted, at: now });
    await queueSchedule(stores, accepted, now);
    await queueTelling(stores, accepted, { what: 'setUp' }, { key: 'setUp', now, to: 'others' });
    await takeAway(deps, stores, wish);
    return { kind: 'accepted', schedule: accepted } as const;
  });
  if (outcome.kind !== 'accepted') return outcome;
  const { schedule } = outcome;
  deps.log.info(loggedOf(schedule), 'somebody set up a subscription');
  return { kind: 'accepted', listed: { schedule, ...(await titleOf(deps, schedule)) } };
}

/** With the first answer only: what is pressed later may be another message. */
async function takeAway(
  { clock }: SubscriptionsDeps,
  { queue }: Pick<Stores, 'queue'>,
  { conversation, questionId: activityId }: Answering,
): Promise<void> {
  if (activityId !== undefined)
    await queue.scheduleTask({ kind: 'removeMessage', conversation, activityId }, clock.now());
}

const decline = (deps: SubscriptionsDeps, wish: Answering): ReturnType<Subscriptions['decline']> =>
  deps.transact(async (stores) => {
    const schedule = await stores.schedules.lock(wish.scheduleId);
    if (!isThere(schedule, wish) || !samePerson(schedule.owner, wish.requester)) return notFound;
    if (isLive(schedule)) return { kind: 'setUpAlready' };
    if (schedule.state.kind !== 'offered') return { kind: 'over' };
    await takeAway(deps, stores, wish);
    await stores.schedules.save(endSchedule(schedule, 'person', deps.clock.now()));
    return { kind: 'declined' };
  });

async function about(deps: SubscriptionsDeps, wish: Wish): ReturnType<Subscriptions['about']> {
  const schedule = await shownThere(deps, wish);
  if (schedule === undefined) return notFound;
  const listed = { schedule, ...(await titleOf(deps, schedule)) };
  const isTheirs = samePerson(schedule.owner, wish.requester);
  const standing = isTheirs ? 'owner' : (await isTeamOwner(deps, wish)) ? 'teamOwner' : 'member';
  return { kind: 'about', listed, standing };
}

/** Nobody owns a group chat: whoever set it up ends it, anybody may remove the bot. */
const isTeamOwner = async (
  { findMember }: SubscriptionsDeps,
  { requester, conversation }: Wish,
): Promise<boolean> =>
  conversation.kind === 'channel' &&
  (await withTimeout(patienceMilliseconds, findMember(conversation, requester))) === 'owner';

async function askPause(deps: SubscriptionsDeps, wish: Wish): ReturnType<Subscriptions['askPause']> {
  const { requester } = wish;
  return deps.transact(async (stores) => {
    const schedule = await stores.schedules.lock(wish.scheduleId);
    if (!isThere(schedule, wish) || !isLive(schedule)) return notFound;
    if (schedule.state.kind === 'paused') return { kind: 'isPaused' };
    const now = deps.clock.now();
    const today = Math.floor(now.getTime() / day);
    const asked = `pause asked by ${requester.userId} on ${String(today)}`;
    if (!(await stores.schedules.claimNotice(schedule.id, asked))) return { kind: 'askedAlready' };
    const notice = { what: 'pauseAsked', by: requester.name } as const;
    await queueTelling(stores, schedule, notice, { key: `told ${asked}`, now, to: 'owner' });
    return { kind: 'asked' };
  });
}

async function endByTeam(deps: SubscriptionsDeps, wish: Wish): ReturnType<Subscriptions['end']> {
  const schedule = await shownThere(deps, wish);
  if (schedule === undefined) return notFound;
  if (samePerson(schedule.owner, wish.requester)) return endOne(deps, schedule, 'person');
  return (await isTeamOwner(deps, wish))
    ? endOne(deps, schedule, 'teamOwner', wish.requester)
    : { kind: 'notAllowed' };
}
