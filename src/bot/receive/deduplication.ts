/** Deduplicates activities: each is answered once, however often Teams delivers it and whichever process dies while answering. */
import { randomUUID } from 'node:crypto';
import type { InboundLog } from '../../ports/conversation.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import type { Turn } from './turn.ts';

export interface OnceDeps {
  readonly inbound: Pick<InboundLog, 'claim' | 'done' | 'release'>;
  /** Milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Longer than any answer takes; whoever holds it longer has died. Teams delivers again after about 15 s. */
const claimSeconds = 8;
const lookEvery = 500;

/**
 * Runs `work` unless the activity was answered: Teams delivers again what was answered slowly or not at all; under a new id it meets
 * the key of the open export. While another delivery holds the claim, this waits until that is answered or its claim runs out.
 * Work that rejects gives the claim back, so that the next delivery runs it.
 */
export async function once(
  { inbound, pause }: OnceDeps,
  { conversation: { tenantId, conversationId }, activity: { id } }: Turn,
  work: () => Promise<void>,
): Promise<void> {
  if (id === undefined) return work();
  const key = { tenantId, conversationId, activityId: id };
  // Of this delivery: asked again, it knows its own claim.
  const holder = randomUUID();
  for (;;) {
    const outcome = await retryWrite(() => inbound.claim(key, holder, claimSeconds));
    if (outcome === 'done') return;
    if (outcome === 'claimed') break;
    await pause(lookEvery);
  }
  try {
    await work();
  } catch (error) {
    // Before Teams is asked to deliver it again. That this fails, too, adds nothing to what is told.
    await retryWrite(() => inbound.release(key, holder)).catch(() => undefined);
    throw error;
  }
  // Without it the worst is a second answer to a second delivery.
  await inbound.done(key, holder).catch(() => undefined);
}
