/** Deduplicates activities: each is answered once, however often Teams delivers it and whichever process dies while answering. */
import { randomUUID } from 'node:crypto';
import type { Conversation, Conversations, InboundLog } from '../../ports/conversation.ts';
import type { Background } from '../../ports/runtime.ts';
import type { CatchUp } from '../../usecases/exports/bring-up-to-date.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import type { IsFirstDelivery } from './first-delivery.ts';
import type { Turn } from './turn.ts';

/** Keeps where somebody spoke to the bot; one that was blocked is open again. */
type Remember = (conversation: Conversation) => Promise<void>;

export function createRemember(deps: {
  readonly conversations: Pick<Conversations, 'remember'>;
  readonly catchUp: CatchUp;
}): Remember {
  return async function remember(conversation) {
    if ((await deps.conversations.remember(conversation)) === 'blocked') await deps.catchUp(conversation);
  };
}

export interface OnceDeps {
  readonly inbound: Pick<InboundLog, 'claim' | 'done' | 'release' | 'answered'>;
  readonly remember: Remember;
  readonly background: Pick<Background, 'run'>;
  readonly isFirstDelivery: IsFirstDelivery;
  /** What is answered before it is written down, by its key: whoever is given it again waits until it is. */
  readonly underWay: Map<string, Promise<unknown>>;
  /** Milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Longer than any answer takes; whoever holds it longer has died. Teams delivers again after about 15 s. */
const claimSeconds = 8;
const lookEvery = 500;

/** True when `once` remembers where it was said, with the claim: most of what is said is said where something was said before. */
export const isClaimed = ({ activity: { type, id }, requester }: Turn): boolean =>
  type === 'message' && id !== undefined && requester !== undefined;

/**
 * Runs `work` unless the activity was answered: Teams delivers again what was answered slowly or not at all; under a new id it meets
 * the key of the open export. While another delivery holds the claim, this waits until that is answered or its claim runs out.
 * Work that rejects gives the claim back, so that the next delivery runs it.
 * @param changesNothing what is answered at once where memory knows that nobody answered it, and written down behind its answer
 */
export async function once(
  deps: OnceDeps,
  { conversation, activity: { id, timestamp } }: Turn,
  work: () => Promise<void>,
  changesNothing = false,
): Promise<void> {
  if (id === undefined) return work();
  const { inbound, pause, remember, background, isFirstDelivery, underWay } = deps;
  const { tenantId, conversationId } = conversation;
  const name = `${tenantId}\n${conversationId}\n${id}`;
  if (isFirstDelivery(name, timestamp) && changesNothing)
    return answerAtOnce(deps, { conversation, id, name }, work);
  await underWay.get(name);
  const key = { tenantId, conversationId, activityId: id };
  // Of this delivery: asked again, it knows its own claim.
  const holder = randomUUID();
  const claim = () => retryWrite(() => inbound.claim(conversation, id, holder, claimSeconds));
  let claimed = await claim();
  while (claimed.kind === 'held') {
    await pause(lookEvery);
    claimed = await claim();
  }
  if (claimed.kind === 'done') return;
  try {
    if (!claimed.isRemembered) await remember(conversation);
    await work();
  } catch (error) {
    // Before Teams is asked to deliver it again. That this fails, too, adds nothing to what is told.
    await retryWrite(() => inbound.release(key, holder)).catch(() => undefined);
    throw error;
  }
  // Nobody waits for it: without it the worst is a second answer to a second delivery.
  background.run('mark of an answer', () => inbound.done(key, holder).catch(() => undefined));
}

/** Without the database it is answered all the same. */
function answerAtOnce(
  { inbound, remember, background, underWay }: OnceDeps,
  {
    conversation,
    id,
    name,
  }: { readonly conversation: Conversation; readonly id: string; readonly name: string },
  work: () => Promise<void>,
): Promise<void> {
  const answered = work();
  const written = answered
    .then(() => retryWrite(() => inbound.answered(conversation, id)))
    .catch(() => undefined);
  underWay.set(name, written);
  background.run('mark of an answer', async () => {
    const kept = await written;
    underWay.delete(name);
    if (kept?.isRemembered === false) await remember(conversation);
  });
  return answered;
}
