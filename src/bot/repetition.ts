/** Answers for telling a delivery that Teams repeats from a new one. */
import { randomUUID } from 'node:crypto';
import type { InboundLog } from '../ports/conversation.ts';
import { insist } from '../usecases/insist.ts';
import type { Turn } from './turn.ts';

/**
 * Works the first time only: Teams re-sends what was answered slowly, and what comes with a new id meets the key of the open
 * export. Work that rejects may be delivered again, and is then heard; so is what was claimed by a write whose answer was lost.
 */
export async function once(
  { inbound }: { readonly inbound: Pick<InboundLog, 'isFirstVersion' | 'forget'> },
  { conversation: { tenantId, conversationId }, activity: { id } }: Turn,
  work: () => Promise<void>,
): Promise<void> {
  if (id === undefined) return work();
  // Of this delivery: asked again, it knows its own claim.
  const claim = randomUUID();
  if (!(await insist(() => inbound.isFirstVersion(tenantId, conversationId, id, claim)))) return;
  try {
    await work();
  } catch (error) {
    // Before Teams is asked to deliver it again. That this fails, too, adds nothing to what is told.
    await insist(() => inbound.forget(tenantId, conversationId, id)).catch(() => undefined);
    throw error;
  }
}
