/** Shows a conversation that had blocked the bot what it missed, once somebody there writes again. */
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { BringUpToDate } from './bring-up-to-date.ts';

export interface CatchUpDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

/** Lifts the block; what was missed follows. */
export type CatchUp = (conversation: Conversation) => Promise<void>;

export function createCatchUp({ transact, clock }: CatchUpDeps): CatchUp {
  return async function catchUp({ tenantId, conversationId }) {
    await transact(async ({ conversations, queue }) => {
      await conversations.unblock(tenantId, conversationId);
      await queue.scheduleTask({ kind: 'catchUp', tenantId, conversationId }, clock.now());
    });
  };
}

export interface ShowMissedDeps {
  readonly stores: Pick<Stores, 'cards'>;
  readonly bringUpToDate: BringUpToDate;
}

export type ShowMissed = (tenantId: string, conversationId: string) => Promise<void>;

export function createShowMissed({ stores, bringUpToDate }: ShowMissedDeps): ShowMissed {
  return async function showMissed(tenantId, conversationId) {
    for (const exportId of await stores.cards.behindAt(tenantId, conversationId))
      await bringUpToDate(exportId);
  };
}
