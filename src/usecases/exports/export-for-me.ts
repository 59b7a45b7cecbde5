/** Exports the target of a shared card for somebody else who presses there, as themselves; says whether that is offered. */
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { isOfferedToOthers } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { StartExport, StartOutcome } from './start-export.ts';

export interface ExportForMeDeps {
  readonly stores: Pick<Stores, 'exports' | 'cards'>;
  readonly startExport: StartExport;
}

interface Wish {
  readonly requester: Requester;
  readonly exportId: string;
  readonly conversation: Conversation;
}

export type ExportForMe = (wish: Wish) => Promise<StartOutcome | { readonly kind: 'notFound' }>;

/** What has just failed, or is paused, for somebody else is not offered: it would most likely end the same way. */
export type MayExportForMe = (wish: Wish) => Promise<boolean>;

export const createExportForMe = (deps: ExportForMeDeps): ExportForMe =>
  async function exportForMe(wish) {
    const job = await shownThere(deps, wish);
    if (job === undefined) return { kind: 'notFound' };
    const { requester, conversation } = wish;
    return deps.startExport({ requester, target: job.target, conversation });
  };

export const createMayExportForMe = (deps: Pick<ExportForMeDeps, 'stores'>): MayExportForMe =>
  async function mayExportForMe(wish) {
    const job = await shownThere(deps, wish);
    return job !== undefined && isOfferedToOthers(job);
  };

/** Which target it is may be known only where a card of that export stands: its members see it there anyway. */
async function shownThere(
  { stores }: Pick<ExportForMeDeps, 'stores'>,
  { requester, exportId, conversation }: Wish,
): Promise<ExportJob | undefined> {
  const job = await stores.exports.load(exportId);
  const isShown = (await stores.cards.of({ kind: 'export', id: exportId })).some(
    (card) =>
      card.conversation.tenantId === requester.tenantId &&
      card.conversation.conversationId === conversation.conversationId,
  );
  return isShown && job?.requester.tenantId === requester.tenantId ? job : undefined;
}
