/** Shows what an export is now (cards, short message, sign-in prompt) and queues its next wake; catches up after a block. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { Conversation } from '../../ports/conversation.ts';
import { createCoalesceUpdates } from '../../blocks/coalesce-updates.ts';
import type { Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { AskSignIn } from '../sign-in/ask-sign-in.ts';
import type { NotifyRequester } from '../cards/notify-requester.ts';
import type { SettlePrompts } from '../sign-in/settle-prompts.ts';
import type { FindExportDetails } from '../cards/export-details.ts';
import { exportCards, standingOfExport, type CardKindsDeps } from '../cards/card-kinds.ts';
import type { ShowCards } from '../cards/show-cards.ts';
import { isResting } from '../cards/when-to-show.ts';

export interface BringUpToDateDeps {
  readonly stores: CardKindsDeps['stores'];
  readonly transact: Transact;
  readonly clock: Clock;
  readonly showCards: ShowCards;
  readonly findExportDetails: FindExportDetails;
  readonly notifyRequester: NotifyRequester;
  readonly askSignIn: Pick<AskSignIn, 'whereMissing'>;
  readonly settlePrompts: Pick<SettlePrompts, 'abandoned'>;
}

interface Known {
  /** As it was a moment ago. */
  readonly job?: ExportJob;
  /** It is queued already for what is due next. */
  readonly isScheduled?: boolean;
}

/** One at a time for each export; of those that wait only one is done. */
export type BringUpToDate = (exportId: string, known?: Known) => Promise<void>;

export function createBringUpToDate(deps: BringUpToDateDeps): BringUpToDate {
  const kind = exportCards(deps);
  const bring = async (exportId: string, { job: known, isScheduled = false }: Known): Promise<void> => {
    const { behind, subject: job, isAsked, ...around } = await deps.showCards(kind, exportId, known);
    if (job === undefined) return;
    const untold = await deps.notifyRequester(job, around);
    await deps.settlePrompts.abandoned(job, isAsked);
    const unasked = await deps.askSignIn.whereMissing(job);
    const waits = [behind, untold, unasked].filter((wait) => wait !== undefined);
    if (isScheduled && waits.length === 0) return;
    await requeue(deps, exportId, waits.length === 0 ? undefined : Math.min(...waits));
  };
  return oneAtATime(bring);
}

function oneAtATime(bring: (exportId: string, known: Known) => Promise<void>): BringUpToDate {
  const coalesce = createCoalesceUpdates<Known, undefined>();
  const waiting = new Map<string, Known>();
  return async function bringUpToDate(exportId, known = {}) {
    const before = waiting.get(exportId);
    const both = before === undefined ? known : ofBoth(before, known);
    waiting.set(exportId, both);
    await coalesce(exportId, both, async (take) => {
      const given = take();
      waiting.delete(exportId);
      await bring(exportId, given);
      return undefined;
    });
  };
}

/** What is known where both ask: the newer of two; nothing where one of them knows nothing. */
function ofBoth(before: Known, { job, isScheduled = false }: Known): Known {
  if (before.job === undefined || job === undefined) return {};
  const newer = before.job.version > job.version ? before.job : job;
  return { job: newer, isScheduled: isScheduled && before.isScheduled === true };
}

const safetyNet = 10;

/**
 * Queues the export for what is due next, and at the latest in so many seconds when something is left to do.
 * Without it a wake that finds nothing due yet would be the last one.
 */
export async function requeue(
  { transact, clock }: Pick<BringUpToDateDeps, 'transact' | 'clock'>,
  exportId: string,
  seconds?: number,
): Promise<void> {
  await transact(async ({ exports, cards, queue }) => {
    const job = await exports.lock(exportId);
    if (job === undefined) return;
    const now = clock.now();
    const due = job.due?.at;
    const isLate = due !== undefined && due <= now;
    // Somebody else may have moved it on in the meantime, and may have died before showing it.
    const isShown = (await cards.of({ kind: 'export', id: exportId })).every(
      (card) =>
        card.mode !== 'live' || card.shownVersion >= job.version || isResting(card, standingOfExport(job)),
    );
    const latest = seconds ?? (isLate || !isShown ? safetyNet : undefined);
    if (latest === undefined) return due && queue.schedule(exportId, due);
    const later = new Date(now.getTime() + latest * 1000);
    await queue.schedule(exportId, due !== undefined && !isLate && due < later ? due : later);
  });
}

export interface CatchUpDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

/** Lifts a conversation's block, once somebody there writes again; what was missed follows. */
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
  readonly show: Readonly<Record<SubjectRef['kind'], (id: string) => Promise<void>>>;
}

export type ShowMissed = (tenantId: string, conversationId: string) => Promise<void>;

export function createShowMissed({ stores, show }: ShowMissedDeps): ShowMissed {
  return async function showMissed(tenantId, conversationId) {
    for (const { kind, id } of await stores.cards.behindAt(tenantId, conversationId)) await show[kind](id);
  };
}
