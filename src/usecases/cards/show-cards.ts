/** Brings every card of an export or an own file to its newest version: one sender a card, no card lost. */
import { present } from '../../domain/present.ts';
import type { PostInVain, TakenCards, TrackedCard } from '../../ports/export-jobs.ts';
import type { Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { Chance, Clock, Log, Stores } from '../../ports/runtime.ts';
import type { CardKind } from './card-kinds.ts';
import { withHeartbeat } from '../../blocks/heartbeat.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import {
  isUpToDate,
  isRetriedTooLong,
  restAfter,
  restsAfter,
  retryDelay,
  type FirstPosts,
  type Standing,
} from './when-to-show.ts';

export interface ShowCardsDeps {
  readonly stores: Pick<Stores, 'cards' | 'conversations'>;
  readonly messenger: Messenger;
  readonly firstPosts: Pick<FirstPosts, 'run'>;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How the cards are afterwards. */
interface Shown<S> extends Pick<TakenCards, 'hasNotices' | 'told' | 'isAsked'> {
  /** One could not be brought up to date now; look again after so many seconds. */
  readonly behind?: number;
  readonly subject?: S;
  readonly cards: readonly TrackedCard[];
}

/** @param known as it was a moment ago: whoever has moved it on since then shows that as well */
export type ShowCards = <S>(kind: CardKind<S>, id: string, known?: S) => Promise<Shown<S>>;

const leaseSeconds = 30;
/** A message may be retried for longer than that, and nobody else may show a newer version before it has ended. */
const heartbeatSeconds = 10;
const soonestLook = 1;
/** What has moved on while a version was on its way may move on once more: states that pass are not shown one by one. */
const settlingMilliseconds = 250;

export function createShowCards(deps: ShowCardsDeps): ShowCards {
  return async function showCards<S>(kind: CardKind<S>, id: string, known?: S): Promise<Shown<S>> {
    const asKnown = known ?? (await kind.load(id));
    if (asKnown === undefined) return { cards: [], hasNotices: false, told: [] };
    const holder = deps.chance.newId();
    const how = { seconds: leaseSeconds, maxUnknownPosts: restsAfter(kind.standing(asKnown)) };
    const taken = await deps.stores.cards.take({ kind: kind.kind, id }, holder, how);
    const { cards, version, hasNames, ...around } = taken;
    const isNewest = (version ?? kind.standing(asKnown).version) === kind.standing(asKnown).version;
    const isUnnamed = isNewest && hasNames === false;
    const first: S | undefined = isNewest ? asKnown : await kind.load(id);
    const ends = await Promise.all(
      cards.map(async ({ card, isOurs, isBlocked, seconds }): Promise<End<S>> => {
        if (isOurs) return showCard(deps, kind, id, { card, isBlocked, holder, subject: first, isUnnamed });
        if (first === undefined || isUpToDate(card, kind.standing(first))) return { card };
        // Whoever holds it looks at the version again after giving it back, unless they die.
        return { card: { ...card, isTaken: true }, wait: Math.max(soonestLook, seconds) };
      }),
    );
    const behind = ends.flatMap(({ wait }) => wait ?? []);
    const subjects = [first, ...ends.map((end) => end.subject)].filter((one) => one !== undefined);
    const [subject] = subjects.sort((a, b) => kind.standing(b).version - kind.standing(a).version);
    return {
      ...present({ behind: behind.length === 0 ? undefined : Math.min(...behind), subject }),
      ...around,
      cards: ends.flatMap(({ card }) => card ?? []),
    };
  };
}

interface End<S> {
  /** As it is then, where it still is. */
  readonly card?: TrackedCard;
  readonly wait?: number;
  readonly subject?: S | undefined;
}

interface Turn<S> extends Pick<TakenCards['cards'][number], 'card' | 'isBlocked'> {
  readonly holder: string;
  readonly subject: S | undefined;
  /** Its person had given no names when this was its version: whoever gives one makes another. */
  readonly isUnnamed: boolean;
}

/** Repeats until the card shows the newest version, because its subject may move on while a version is on its way. */
async function showCard<S>(
  deps: ShowCardsDeps,
  kind: CardKind<S>,
  id: string,
  first: Turn<S>,
): Promise<End<S>> {
  let turn = first;
  for (;;) {
    const { card, holder, subject } = turn;
    if (subject === undefined || isUpToDate(card, kind.standing(subject))) {
      await deps.stores.cards.releaseClaim(card.id, holder);
      // Asked after giving it back: whoever moved it on until then has found the card taken.
      const now = await kind.load(id);
      if (versionOf(kind, now) === versionOf(kind, subject))
        return { card: { ...card, isTaken: false }, subject: now };
    } else {
      const recorded = await whileHeld(deps, { ...turn, kind, subject, standing: kind.standing(subject) });
      if (recorded !== 'overtaken') return card.mode === 'moved' ? recorded : { ...recorded, subject };
      await deps.pause(settlingMilliseconds);
    }
    const claim = await deps.stores.cards.claim(card.id, holder, leaseSeconds);
    if (claim.kind === 'missing') return {};
    if (claim.kind === 'held')
      return { card: { ...card, isTaken: true }, wait: Math.max(soonestLook, claim.seconds) };
    const now = await kind.load(id);
    const isUnnamed = !claim.hasNames && claim.version === versionOf(kind, now);
    turn = { ...claim, holder, subject: now, isUnnamed };
  }
}

const versionOf = <S>(kind: CardKind<S>, subject: S | undefined): number | undefined =>
  subject && kind.standing(subject).version;

/** One version of a card on its way. */
interface Showing<S> extends Turn<S> {
  readonly kind: CardKind<S>;
  readonly subject: S;
  readonly standing: Standing;
}

type Recorded = { readonly card: TrackedCard; readonly wait?: number } | 'overtaken';

function whileHeld<S>(deps: ShowCardsDeps, showing: Showing<S>): Promise<Recorded> {
  const { card, holder } = showing;
  const show = () => sendAndRecord(deps, showing);
  const showFirst = async (): Promise<Recorded> => {
    const recorded = await deps.firstPosts.run(show);
    return recorded === 'ending' ? giveBack(deps, card, holder, soonestLook) : recorded;
  };
  const heartbeat = {
    everySeconds: heartbeatSeconds,
    extend: () => deps.stores.cards.extendClaim(card.id, holder, leaseSeconds),
    onLost: (err: unknown) =>
      deps.log.warn({ cardId: card.id, err }, 'the claim of a card could not be extended'),
  };
  return withHeartbeat(heartbeat, () => (card.activityId === undefined ? showFirst() : show()));
}

/**
 * How the card is then, and how long to wait when it was not shown; `overtaken` when there is something newer to show. Whoever
 * makes it newer in the same moment finds the card taken, and comes back for it.
 */
async function sendAndRecord<S>(deps: ShowCardsDeps, showing: Showing<S>): Promise<Recorded> {
  const { card, isBlocked, holder, kind, subject, standing } = showing;
  const { cards, conversations } = deps.stores;
  // It was never posted, or nobody knows where it stands.
  if (card.mode === 'moved' && card.activityId === undefined) return drop(deps, card);
  if (isBlocked) return giveBack(deps, card, holder, secondsUntilBlockedAgain);
  const spared = await kind.sparedFor(subject, card);
  if (spared > 0) return giveBack(deps, card, holder, spared);
  const { outcome, activityId, posted } = await send(deps, showing);
  switch (outcome.kind) {
    case 'sent': {
      // What is changed keeps its id, whatever the answer calls it.
      const shown = activityId ?? outcome.activityId;
      const mode: TrackedCard['mode'] = card.mode === 'moved' ? 'moved' : 'live';
      const now = await retryWrite(() =>
        cards.shown(card.id, holder, {
          version: standing.version,
          mode,
          isFresh: posted === 'freshPost',
          ...present({ activityId: shown }),
        }),
      );
      // The claim was lost: whoever has it now knows more.
      if (now === undefined) return { card: { ...card, isTaken: true } };
      const isOvertaken = now.mode === 'moved' || now.version > standing.version;
      if (mode === 'live' && isOvertaken) return 'overtaken';
      const known = { mode, shownVersion: standing.version, isTaken: false, unknownPosts: 0 };
      return { card: { ...card, ...known, ...present({ activityId: shown }) } };
    }
    case 'gone':
      deps.log.warn(
        { ...card.subject, cardId: card.id },
        'the conversation of a card is gone; the card is dropped',
      );
      return drop(deps, card);
    case 'blocked':
      deps.log.warn(
        { ...card.subject, cardId: card.id },
        'the bot may not write to a conversation until it hears from it',
      );
      await conversations.block(card.conversation);
      return giveBack(deps, card, holder, secondsUntilBlockedAgain);
    case 'refused':
      if (card.mode === 'moved' || isRetriedTooLong(deps, standing)) return drop(deps, card);
      return giveBack(deps, card, holder, retryDelay(deps, standing));
    case 'busy':
      return giveBack(deps, card, holder, outcome.retryAfter ?? retryDelay(deps, standing));
    case 'unknown': {
      if (posted === undefined) return giveBack(deps, card, holder, retryDelay(deps, standing));
      const rest = restAfter(deps, card, standing);
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
): Promise<Recorded> {
  await deps.stores.cards.releaseClaim(card.id, holder, inVain);
  // After a post in vain it is left alone for that long.
  return { card: { ...card, isTaken: inVain !== undefined }, wait };
}

async function drop({ stores }: ShowCardsDeps, card: TrackedCard): Promise<Recorded> {
  await stores.cards.drop(card.id);
  return { card: { ...card, mode: 'dropped', isTaken: false } };
}

/** An activity that is gone, or must not be changed, is replaced by one fresh card, once. */
async function send<S>(
  deps: ShowCardsDeps,
  { card, kind, subject, isUnnamed }: Showing<S>,
): Promise<{
  readonly outcome: SendOutcome;
  readonly activityId?: string;
  readonly posted?: PostInVain['as'];
}> {
  const message = await kind.message(subject, card, isUnnamed);
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
