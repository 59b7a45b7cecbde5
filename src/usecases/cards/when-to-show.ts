/** Tells when a card is to wait: until a process has warmed up, its person acts, its link is used, or Teams may take it. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { TrackedCard } from '../../ports/export-jobs.ts';
import type { Clock, Stores } from '../../ports/runtime.ts';
import { createSemaphore } from '../../blocks/semaphore.ts';
import { warmUpLimit } from '../../blocks/warm-up.ts';

/** Teams offers no key that makes a post happen once: it is retried once, and one more pair tells how the export ended. */
const maxUnknownPosts = { whileOpen: 2, inAll: 4 };

/** How the subject of a card stands. */
export interface Standing {
  readonly version: number;
  /** When it came to be what it is. */
  readonly since: Date;
  /** Something will still become of it by itself. */
  readonly isOpen: boolean;
  /** A sign-in prompt stands where its card would. */
  readonly waitsForPerson: boolean;
}

/**
 * Not to be posted now: the sign-in prompt stands in its place, or its posts had unknown outcomes and it waits for the
 * subject's end, or for a fresh card that the person asks for.
 */
export const isResting = (card: TrackedCard, standing: PostedWhen): boolean =>
  card.mode === 'live' && card.activityId === undefined && card.unknownPosts >= restsAfter(standing);

type PostedWhen = Pick<Standing, 'isOpen' | 'waitsForPerson'>;

/** First posts with unknown outcomes. */
export function restsAfter({ isOpen, waitsForPerson }: PostedWhen): number {
  if (waitsForPerson) return 0;
  return isOpen ? maxUnknownPosts.whileOpen : maxUnknownPosts.inAll;
}

const needsShowing = ({ mode, shownVersion }: TrackedCard): boolean =>
  mode === 'live' || (mode === 'moved' && shownVersion === 0);

export const isUpToDate = (card: TrackedCard, standing: Standing): boolean =>
  !needsShowing(card) || card.shownVersion >= standing.version || isResting(card, standing);

interface Timed {
  readonly clock: Clock;
}

const soonestRetry = 5;
/** Seconds. */
export const latestRetry = 600;

type Since = Pick<Standing, 'since'>;

const secondsSince = ({ clock }: Timed, { since }: Since): number =>
  (clock.now().getTime() - since.getTime()) / 1000;

/** Seconds: as long again as it has not worked, so that unknown outcomes do not fill the conversation with cards. */
export const retryDelay = (deps: Timed, subject: Since): number =>
  Math.min(latestRetry, Math.max(soonestRetry, secondsSince(deps, subject)));

/** A fresh card that may not be changed either was perhaps deleted, too; or Teams refuses for a while. */
const longestRetrying = 86_400;

export const isRetriedTooLong = (deps: Timed, subject: Since): boolean =>
  secondsSince(deps, subject) > longestRetrying;

/** The last attempt, and the notice that replaces a resting card, should not meet the same outage. */
export function restAfter(deps: Timed, { unknownPosts }: TrackedCard, subject: Since): number {
  const posts = unknownPosts + 1;
  if (posts < maxUnknownPosts.whileOpen) return retryDelay(deps, subject);
  // After the first pair the subject's end may come any moment, and wants to be shown.
  return Math.max(retryDelay(deps, subject), posts === maxUnknownPosts.whileOpen ? 60 : 300);
}

/** Seconds. */
export const linkLifetime = 300;
/** As long as somebody may take to press the link; after that the news on the card are worth more. */
const sparedFor = 60;

/** Seconds to hold the card's update back; 0 when there is no fresh unused link. */
export async function secondsForUnusedLink(
  { downloads }: Pick<Stores, 'downloads'>,
  card: TrackedCard,
  job: ExportJob,
): Promise<number> {
  if (!isReadWhatElseIsShown(card, job)) return 0;
  const left = await downloads.unusedFor({ kind: 'export', id: job.id });
  return Math.max(0, left - (linkLifetime - sparedFor));
}

/** The card lacks nothing but what the file says, for which nobody waits. */
const isReadWhatElseIsShown = (
  { activityId, shownVersion }: TrackedCard,
  { version, state }: ExportJob,
): boolean =>
  activityId !== undefined &&
  shownVersion === version - 1 &&
  state.status === 'ready' &&
  state.readInVersion === version;

/** A post that a crash keeps from being recorded is made again: what is not on its way cannot be doubled. */
export interface FirstPosts {
  /** `ending`: none begins in a process that ends; another one posts it. */
  readonly run: <T>(post: () => Promise<T>) => Promise<T | 'ending'>;
  /** None begins any more; resolves when those that are on their way have ended. */
  readonly end: () => Promise<void>;
}

const warmUp = { first: 4, max: 20, secondsForOneMore: 0.5 };
const longestWait = 1_000;

/**
 * Semaphore for first cards on their way to Teams: few at once in a process that has just begun, which may soon be killed. In
 * their order; whoever has waited for a second goes all the same, so that a connector that hangs holds up nobody for long.
 * @param processAge seconds for which the process has been at work
 */
export function createFirstPosts(
  processAge: () => number,
  pause: (milliseconds: number) => Promise<unknown>,
): FirstPosts {
  const semaphore = createSemaphore({
    max: () => warmUpLimit(warmUp, processAge()),
    overdue: () => pause(longestWait),
  });
  const onTheirWay = new Set<Promise<unknown>>();
  let isEnding = false;
  return {
    run: (post) =>
      semaphore.run(async () => {
        if (isEnding) return 'ending';
        const posted = post();
        onTheirWay.add(posted);
        return posted.finally(() => onTheirWay.delete(posted));
      }),
    end: async () => {
      isEnding = true;
      await Promise.allSettled(onTheirWay);
    },
  };
}
