/** Answers for telling a delivery that Teams repeats from a new one. */
import type { InboundLog } from '../ports/conversation.ts';
import type { Turn } from './turn.ts';

/** Teams re-sends what was answered slowly; what comes with a new id meets the key of the open export. */
export function isFirstTime(
  { inbound }: { readonly inbound: Pick<InboundLog, 'firstTime'> },
  { conversation, activity }: Turn,
): Promise<boolean> {
  if (activity.id === undefined) return Promise.resolve(true);
  return inbound.firstTime(conversation.tenantId, conversation.conversationId, activity.id);
}
