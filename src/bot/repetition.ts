/** Answers for telling a delivery that Teams repeats from a new one. */
import type { InboundLog } from '../ports/conversation.ts';
import type { Background } from '../ports/runtime.ts';
import { insist } from '../usecases/insist.ts';
import type { Turn } from './turn.ts';

export interface RepetitionDeps {
  readonly inbound: Pick<InboundLog, 'firstTime' | 'forget'>;
  readonly background: Pick<Background, 'run'>;
}

/**
 * Works the first time only: Teams re-sends what was answered slowly, and what comes with a new id meets the key of the open
 * export. Work that rejects may be delivered again, and is then heard.
 */
export async function once(
  { inbound, background }: RepetitionDeps,
  { conversation: { tenantId, conversationId }, activity: { id } }: Turn,
  work: () => Promise<void>,
): Promise<void> {
  if (id === undefined) return work();
  if (!(await inbound.firstTime(tenantId, conversationId, id))) return;
  try {
    await work();
  } catch (error) {
    background.run('hear it again', () => insist(() => inbound.forget(tenantId, conversationId, id)));
    throw error;
  }
}
