/** Keeps an export's newest card lowest in each conversation, and finds where it speaks to its requester. */
import type { Conversation } from '../../ports/conversation.ts';
import type { Cards, TrackedCard } from '../../ports/export-jobs.ts';
import type { Chance, Clock } from '../../ports/runtime.ts';

interface Place {
  readonly exportId: string;
  readonly conversation: Conversation;
}

interface PlaceDeps {
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly cards: Cards;
}

export const addCard = (
  { chance, clock, cards }: PlaceDeps,
  { exportId, conversation }: Place,
): Promise<void> =>
  cards.add({
    id: chance.newId(),
    subject: { kind: 'export', id: exportId },
    conversation,
    placedAt: clock.now(),
  });

/**
 * True when the export had a card there. A card that is still to be posted will stand lowest by itself, so that a hundred
 * wishes at once make one message; after a post with an unknown outcome a fresh card is placed.
 */
export async function placeCard(deps: PlaceDeps, place: Place): Promise<boolean> {
  const { cards } = deps;
  const { exportId, conversation } = place;
  const { conversationId } = conversation;
  const subject = { kind: 'export', id: exportId } as const;
  const live = (await cards.of(subject)).filter(
    (card) => card.mode === 'live' && card.conversation.conversationId === conversationId,
  );
  const isToCome = ({ activityId, shownVersion, unknownPosts }: TrackedCard): boolean =>
    activityId === undefined && shownVersion === 0 && unknownPosts === 0;
  if (live.some(isToCome)) return true;
  if (live.length > 0) await cards.moveDown(subject, conversationId);
  await addCard(deps, place);
  return live.length > 0;
}

export const homeAmong = (cards: readonly TrackedCard[]): TrackedCard | undefined =>
  cards.filter(({ mode }) => mode === 'live').at(-1);

export const homeOf = async (cards: Pick<Cards, 'of'>, exportId: string): Promise<Conversation | undefined> =>
  homeAmong(await cards.of({ kind: 'export', id: exportId }))?.conversation;
