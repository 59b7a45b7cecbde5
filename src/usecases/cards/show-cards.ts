/** Brings every card of an export to its newest version: one sender a card, no card lost. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { PostInVain, TrackedCard } from '../../ports/export-jobs.ts';
import type { Message, Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { Chance, Clock, Log, Stores } from '../../ports/runtime.ts';
import type { FindExportDetails } from './export-details.ts';
import { withHeartbeat } from '../../blocks/heartbeat.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import {
  isResting,
  isRetriedTooLong,
  restAfter,
  retryDelay,
  secondsForUnusedLink,
  type FirstPosts,
} from './when-to-show.ts';

export interface ShowCardsDeps {
  readonly stores: Pick<Stores, 'cards' | 'exports' | 'conversations' | 'downloads'>;
  readonly messenger: Messenger;
  readonly findExportDetails: FindExportDetails;
  readonly firstPosts: FirstPosts;
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `behind`: a card could not be brought up to date now; look again after so many seconds. `job`: as it was afterwards. */
export type ShowCards = (exportId: string) => Promise<{ readonly behind?: number; readonly job?: ExportJob }>;

const leaseSeconds = 30;
/** A message may be retried for longer than that, and nobody else may show a newer version before it has ended. */
const heartbeatSeconds = 10;
const soonestLook = 1;

export function createShowCards(deps: ShowCardsDeps): ShowCards {
  return async function showCards(exportId) {
    const cards = await deps.stores.cards.ofExport(exportId);
    const ends = await Promise.all(cards.filter(needsShowing).map(({ id }) => showCard(deps, id)));
    const behind = ends.flatMap(({ wait }) => wait ?? []);
    const [job] = ends.flatMap((end) => end.job ?? []).sort((a, b) => b.version - a.version);
    return present({ behind: behind.length === 0 ? undefined : Math.min(...behind), job });
  };
}

interface End {
  readonly wait?: number;
  readonly job?: ExportJob;
}

const needsShowing = (card: TrackedCard): boolean =>
  card.mode === 'live' || (card.mode === 'moved' && card.shownVersion === 0);

/** Repeats until the card shows the newest version, because the export may move on while a version is on its way. */
async function showCard(deps: ShowCardsDeps, cardId: string): Promise<End> {
  for (;;) {
    const holder = deps.chance.newId();
    const claim = await deps.stores.cards.claim(cardId, holder, leaseSeconds);
    if (claim.kind === 'missing') return {};
    // Whoever holds it looks at the version again after giving it back, unless they die.
    if (claim.kind === 'held') return { wait: Math.max(soonestLook, claim.seconds) };
    const { card, isBlocked } = claim;
    const job = await deps.stores.exports.load(card.exportId);
    if (
      job === undefined ||
      !needsShowing(card) ||
      card.shownVersion >= job.version ||
      isResting(card, job)
    ) {
      await deps.stores.cards.releaseClaim(cardId, holder);
      // Asked after giving it back: whoever moved the export on until then has found the card taken.
      const now = await deps.stores.exports.load(card.exportId);
      if (now?.version === job?.version) return present({ job: now });
    } else {
      const show = () => sendAndRecord(deps, { card, isBlocked }, job, holder);
      const heartbeat = {
        everySeconds: heartbeatSeconds,
        extend: () => deps.stores.cards.extendClaim(cardId, holder, leaseSeconds),
        onLost: (err: unknown) => deps.log.warn({ cardId, err }, 'the claim of a card could not be extended'),
      };
      const recorded = await withHeartbeat(heartbeat, () =>
        card.activityId === undefined ? deps.firstPosts(show) : show(),
      );
      if (typeof recorded === 'number') return { wait: recorded };
      if (recorded === 'done') return card.mode === 'moved' ? {} : { job };
    }
  }
}

/**
 * Seconds to wait when it was not shown; `done` when it was, or when it never will be; `overtaken` when there is something newer
 * to show. Whoever makes it newer in the same moment finds the card taken, and comes back for it.
 */
async function sendAndRecord(
  deps: ShowCardsDeps,
  { card, isBlocked }: { readonly card: TrackedCard; readonly isBlocked: boolean },
  job: ExportJob,
  holder: string,
): Promise<number | 'done' | 'overtaken'> {
  const { cards, conversations } = deps.stores;
  if (card.mode === 'moved' && card.activityId === undefined) {
    // It was never posted, or nobody knows where it stands.
    await cards.drop(card.id);
    return 'done';
  }
  if (isBlocked) return giveBack(deps, card, holder, secondsUntilBlockedAgain);
  const spared = await secondsForUnusedLink(deps.stores, card, job);
  if (spared > 0) return giveBack(deps, card, holder, spared);
  const { outcome, activityId, posted } = await send(deps, card, job);
  switch (outcome.kind) {
    case 'sent': {
      const shown = outcome.activityId ?? activityId;
      const mode = card.mode === 'moved' ? 'moved' : 'live';
      const now = await retryWrite(() =>
        cards.shown(card.id, holder, {
          version: job.version,
          mode,
          isFresh: posted === 'freshPost',
          ...present({ activityId: shown }),
        }),
      );
      if (mode === 'moved' || now === undefined) return 'done';
      return now.mode === 'moved' || now.version > job.version ? 'overtaken' : 'done';
    }
    case 'gone':
      deps.log.warn(
        { exportId: job.id, cardId: card.id },
        'the conversation of a card is gone; the card is dropped',
      );
      await cards.drop(card.id);
      return 'done';
    case 'blocked':
      deps.log.warn(
        { exportId: job.id, cardId: card.id },
        'the bot may not write to a conversation until it hears from it',
      );
      await conversations.block(card.conversation);
      return giveBack(deps, card, holder, secondsUntilBlockedAgain);
    case 'refused':
      if (card.mode === 'moved' || isRetriedTooLong(deps, job)) {
        await cards.drop(card.id);
        return 'done';
      }
      return giveBack(deps, card, holder, retryDelay(deps, job));
    case 'busy':
      return giveBack(deps, card, holder, outcome.retryAfter ?? retryDelay(deps, job));
    case 'unknown': {
      if (posted === undefined) return giveBack(deps, card, holder, retryDelay(deps, job));
      const rest = restAfter(deps, card, job);
      return giveBack(deps, card, holder, rest, { as: posted, rest });
    }
  }
}

/** A message from there lifts the block sooner. */
const secondsUntilBlockedAgain = 3600;

async function giveBack(
  deps: ShowCardsDeps,
  card: TrackedCard,
  holder: string,
  wait: number,
  inVain?: PostInVain,
): Promise<number> {
  await deps.stores.cards.releaseClaim(card.id, holder, inVain);
  return wait;
}

/** An activity that is gone, or must not be changed, is replaced by one fresh card, once. */
async function send(
  deps: ShowCardsDeps,
  card: TrackedCard,
  job: ExportJob,
): Promise<{
  readonly outcome: SendOutcome;
  readonly activityId?: string;
  readonly posted?: PostInVain['as'];
}> {
  const message: Message =
    card.mode === 'moved' ? { kind: 'exportMoved', job } : await tellingOf(deps, card, job);
  const post = async (): Promise<SendOutcome> => {
    const outcome = await deps.messenger.post(card.conversation, message);
    // Without an id it can never be updated: treated as an unknown outcome.
    return outcome.kind === 'sent' && outcome.activityId === undefined ? { kind: 'unknown' } : outcome;
  };
  if (card.activityId === undefined) return { outcome: await post(), posted: 'unknownPost' };
  const outcome = await deps.messenger.update(card.conversation, card.activityId, message);
  const isLost = outcome.kind === 'gone' || outcome.kind === 'refused';
  const isReplaced = isLost && card.mode !== 'moved' && card.freshPosts === 0;
  if (!isReplaced) return { outcome, activityId: card.activityId };
  return { outcome: await post(), posted: 'freshPost' };
}

/** Details are for the requester only; elsewhere everybody reads the card. */
const tellingOf = async (deps: ShowCardsDeps, card: TrackedCard, job: ExportJob): Promise<Message> =>
  card.conversation.kind === 'personal'
    ? { kind: 'export', job, details: await deps.findExportDetails(job) }
    : { kind: 'export', job };
