/** Answers for a conversation that heard nothing while it had blocked the bot: what was missed is shown when it writes again. */
import type { Conversation } from '../ports/conversation.ts';
import type { Background, Stores } from '../ports/runtime.ts';
import type { BringUpToDate } from './bring-up-to-date.ts';

export interface CatchUpDeps {
  readonly stores: Pick<Stores, 'cards'>;
  readonly background: Background;
  readonly bringUpToDate: BringUpToDate;
}

export type CatchUp = (conversation: Conversation) => void;

export const createCatchUp =
  ({ stores, background, bringUpToDate }: CatchUpDeps): CatchUp =>
  ({ tenantId, conversationId }) =>
    background.run('catch up', async () => {
      for (const exportId of await stores.cards.behindAt(tenantId, conversationId))
        await bringUpToDate(exportId);
    });
