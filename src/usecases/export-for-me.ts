/** Answers for somebody else's press on a shared card: the same view, exported as themselves. */
import type { Requester } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Stores } from '../ports/runtime.ts';
import type { StartExport, StartOutcome } from './start-export.ts';

export interface ExportForMeDeps {
  readonly stores: Pick<Stores, 'exports' | 'cards'>;
  readonly startExport: StartExport;
}

export type ExportForMe = (wish: {
  readonly requester: Requester;
  readonly exportId: string;
  readonly conversation: Conversation;
}) => Promise<StartOutcome | { readonly kind: 'notFound' }>;

/** Which view it is may be known only where a card of that export stands: its members see the view there anyway. */
export const createExportForMe =
  (deps: ExportForMeDeps): ExportForMe =>
  async ({ requester, exportId, conversation }) => {
    const job = await deps.stores.exports.load(exportId);
    const shown = (await deps.stores.cards.ofExport(exportId)).some(
      (card) =>
        card.conversation.tenantId === requester.tenantId &&
        card.conversation.conversationId === conversation.conversationId,
    );
    if (job === undefined || !shown || job.requester.tenantId !== requester.tenantId)
      return { kind: 'notFound' };
    return deps.startExport({ requester, view: job.view, conversation });
  };
