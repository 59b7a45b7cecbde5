/** Posts the one message beside an export's card when it ends or needs its person, and keeps it true. */
import { loggedOf, type ExportJob } from '../../domain/exports/export-job.ts';
import { isStillLooking, noticeKey, noticeSays, noticePlaces } from '../../domain/exports/notice-due.ts';
import type { StandingNotice, TrackedCard } from '../../ports/export-jobs.ts';
import type { Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { Clock, Log, Stores } from '../../ports/runtime.ts';
import { standingOfExport } from './card-kinds.ts';
import { homeAmong } from './card-places.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import { isResting, retryDelay } from './when-to-show.ts';

export interface NotifyDeps {
  readonly stores: Pick<Stores, 'cards' | 'exports' | 'notices'>;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
}

/** What was just seen around the export. */
interface Around {
  readonly cards: readonly TrackedCard[];
  readonly hasNotices: boolean;
  /** Keys of the messages that were claimed then. */
  readonly told?: readonly string[];
}

/** Seconds until it should be tried again; undefined when there is nothing left to do. */
export type NotifyRequester = (job: ExportJob, around: Around) => Promise<number | undefined>;

interface Done {
  /** Something was sent: by then the export may be something else. */
  readonly hasSent: boolean;
  readonly wait?: number;
}

const nothing: Done = { hasSent: false };

/** The export may move on while a message is on its way, and whoever moves it on may have found nothing to change yet. */
const maxRounds = 5;

export const createNotifyRequester = (deps: NotifyDeps): NotifyRequester =>
  async function notifyRequester(first, seen) {
    let job = first;
    let around = seen;
    for (let round = 0; round < maxRounds; round += 1) {
      const posted = await postWhenDue(deps, job, around);
      const kept = posted.hasSent || !around.hasNotices ? nothing : await keepTrue(deps, job);
      const waits = [posted.wait, kept.wait].filter((wait) => wait !== undefined);
      const now = posted.hasSent || kept.hasSent ? await deps.stores.exports.load(job.id) : undefined;
      if (now === undefined || noticeSays(now) === noticeSays(job))
        return waits.length === 0 ? undefined : Math.min(...waits);
      job = now;
      around = { cards: await deps.stores.cards.of({ kind: 'export', id: job.id }), hasNotices: true };
    }
    return 1;
  };

async function postWhenDue(
  deps: NotifyDeps,
  job: ExportJob,
  { cards, hasNotices, told = [] }: Around,
): Promise<Done> {
  const places = noticePlaces(job);
  const card = places === 'nowhere' ? undefined : homeAmong(cards);
  if (card === undefined || (places === 'sharedOnly' && card.conversation.kind === 'personal'))
    return nothing;
  const isShown = card.shownVersion >= job.version;
  // It must not come before the card that it speaks of.
  // A resting card will not come, so the notice tells the end.
  if (!isShown && (card.isTaken || !isResting(card, standingOfExport(job)))) return nothing;
  if (isShown && isStillLooking(job, card)) return nothing;
  if (told.includes(noticeKey(job))) return nothing;
  // Whoever claims it meanwhile is met at the claim.
  if (!hasNotices) return post(deps, job, card);
  // Read before the claim is checked, so that a new notice of somebody else is not taken for an older one.
  const older = await deps.stores.notices.standing(job.id);
  if (await deps.stores.notices.isClaimed(job.id, noticeKey(job))) return nothing;
  return (await makeRoom(deps, job, older)) ?? post(deps, job, card);
}

/** One notice at a time: the older one is removed first. Where Teams cannot remove it, it is changed instead. */
async function makeRoom(
  deps: NotifyDeps,
  job: ExportJob,
  standing: readonly StandingNotice[],
): Promise<Done | undefined> {
  for (const older of standing) {
    const outcome = await deps.messenger.remove(older.conversation, older.activityId);
    if (outcome.kind === 'unknown' || outcome.kind === 'refused') {
      await deps.stores.notices.claim(job.id, noticeKey(job));
      return nothing;
    }
    const wait = await settle(deps, job, older, outcome);
    if (wait !== undefined) return { hasSent: false, wait };
  }
  return undefined;
}

/** Claimed just before it is sent: at most once. */
async function post(deps: NotifyDeps, job: ExportJob, { conversation }: TrackedCard): Promise<Done> {
  const { notices } = deps.stores;
  const key = noticeKey(job);
  const claim: { is: 'notAsked' | 'ours' | 'anothers' } = { is: 'notAsked' };
  // A process that is killed while the message waits for its turn must not have claimed it.
  const outcome = await deps.messenger.post(conversation, { kind: 'notice', job }, async () => {
    claim.is = (await notices.claim(job.id, key)) ? 'ours' : 'anothers';
    return claim.is === 'ours';
  });
  if (claim.is === 'anothers') return nothing;
  if (outcome.kind === 'busy') {
    // Throttled: it certainly was not sent.
    if (claim.is === 'ours') await notices.release(job.id, key);
    return { hasSent: false, wait: outcome.retryAfter ?? retryDelay(deps, job) };
  }
  if (outcome.kind !== 'sent') {
    deps.log.warn({ ...loggedOf(job), outcome: outcome.kind }, 'a notice was not sent');
    return nothing;
  }
  const { activityId } = outcome;
  if (activityId !== undefined)
    await retryWrite(() => notices.stands(job.id, { activityId, conversation, shown: noticeSays(job) }));
  return { hasSent: true };
}

/** Changes notices that stand to how the export is now. */
async function keepTrue(deps: NotifyDeps, job: ExportJob): Promise<Done> {
  const standing = await deps.stores.notices.standing(job.id);
  const untrue = standing.filter(({ shown }) => shown !== noticeSays(job));
  const waits: number[] = [];
  for (const notice of untrue) {
    const wait = await change(deps, job, notice);
    if (wait !== undefined) waits.push(wait);
  }
  return { hasSent: untrue.length > 0, ...(waits.length === 0 ? {} : { wait: Math.min(...waits) }) };
}

async function change(deps: NotifyDeps, job: ExportJob, notice: StandingNotice): Promise<number | undefined> {
  const { conversation, activityId } = notice;
  const outcome = await deps.messenger.update(conversation, activityId, { kind: 'notice', job });
  if (outcome.kind !== 'sent') return settle(deps, job, notice, outcome);
  await retryWrite(() => deps.stores.notices.stands(job.id, { ...notice, shown: noticeSays(job) }));
  return undefined;
}

/** Seconds until it should be tried again. A conversation that has blocked the bot is caught up with when it writes again. */
async function settle(
  deps: NotifyDeps,
  job: ExportJob,
  { activityId }: StandingNotice,
  outcome: SendOutcome,
): Promise<number | undefined> {
  switch (outcome.kind) {
    case 'sent':
    case 'gone':
    case 'refused':
      // Nothing more can be done.
      await retryWrite(() => deps.stores.notices.gone(job.id, activityId));
      return undefined;
    case 'blocked':
      return undefined;
    case 'busy':
      return outcome.retryAfter ?? retryDelay(deps, job);
    case 'unknown':
      return retryDelay(deps, job);
  }
}
