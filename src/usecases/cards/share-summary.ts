/** Shows everybody in a group or channel what an export says: asked first, then posted once. */
import { auditPlace } from '../../domain/audit/audit-entry.ts';
import { aboutExport } from '../../domain/audit/export-entry.ts';
import { loggedOf, type ExportJob, type Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { CountOthers, Messenger } from '../../ports/messenger.ts';
import type { Reading } from '../../ports/readings.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';

export interface ShareSummaryDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'conversations'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly countOthers: CountOthers;
}

interface Wish {
  readonly requester: Requester;
  readonly exportId: string;
  /** A group chat or channel; a thread is answered in the thread. */
  readonly conversation: Conversation;
}

type NotShareable =
  | { readonly kind: 'notFound' }
  /** It was not read, or what was read is not kept any more; or nobody else is there. */
  | { readonly kind: 'nothingToShare'; readonly job: ExportJob };

export interface ShareSummary {
  /** The last export of theirs there, however it stands. */
  readonly lastHere: (where: Omit<Wish, 'exportId'>) => Promise<ExportJob | undefined>;
  /** `others`: how many people are there beside the requester, unless Teams does not say so in time. */
  readonly ask: (
    wish: Wish,
  ) => Promise<
    | { readonly kind: 'ask'; readonly job: ExportJob; readonly reading: Reading; readonly others?: number }
    | NotShareable
  >;
  readonly post: (
    wish: Wish,
  ) => Promise<
    { readonly kind: 'shared' | 'alreadyShared' | 'notShared'; readonly job: ExportJob } | NotShareable
  >;
}

const patienceMilliseconds = 1500;

export const createShareSummary = (deps: ShareSummaryDeps): ShareSummary => ({
  lastHere: ({ requester, conversation }) =>
    deps.stores.exports.shownIn(requester, conversation.conversationId),
  ask: async (wish) => {
    const found = await find(deps, wish);
    if (found.kind !== 'found') return found;
    const { job, reading } = found;
    const others = await withTimeout(
      patienceMilliseconds,
      deps.countOthers(wish.conversation, wish.requester),
    );
    return { kind: 'ask', job, reading, ...present({ others }) };
  },
  post: async (wish) => {
    const found = await find(deps, wish);
    return found.kind === 'found' ? post(deps, wish, found) : found;
  },
});

interface Found {
  readonly kind: 'found';
  readonly job: ExportJob;
  readonly reading: Reading;
}

async function find({ stores }: ShareSummaryDeps, wish: Wish): Promise<Found | NotShareable> {
  const { requester, exportId, conversation } = wish;
  const job = await stores.exports.loadOwn(requester, exportId);
  if (job === undefined) return { kind: 'notFound' };
  const reading = await stores.readings.find(requester, { kind: 'export', id: exportId });
  const isShareable = conversation.kind !== 'personal' && job.state.status === 'ready';
  return reading === undefined || !isShareable
    ? { kind: 'nothingToShare', job }
    : { kind: 'found', job, reading };
}

/** Claimed together with the task that posts it: however often it is pressed, the same figures are posted there once. */
async function post(
  { stores, transact, clock }: ShareSummaryDeps,
  { requester, conversation }: Wish,
  { job, reading }: Found,
) {
  if (await stores.conversations.isBlocked(conversation)) return { kind: 'notShared', job } as const;
  const claim = `shared ${reading.asOf.toISOString()} ${conversation.conversationId}`;
  const isFirst = await transact(async ({ notices, queue, audit }) => {
    if (!(await notices.claim(job.id, claim))) return false;
    await queue.scheduleTask({ kind: 'share', exportId: job.id, conversation, claim }, clock.now());
    const shared = { event: 'summaryShared', place: auditPlace(conversation) } as const;
    await audit.record({ ...aboutExport({ ...job, requester }), at: clock.now(), ...shared });
    return true;
  });
  return { kind: isFirst ? 'shared' : 'alreadyShared', job } as const;
}

export interface PostSharedDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'notices' | 'schedules'>;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly log: Log;
}

/** Posts what was shared. Resolves with the seconds after which it should be tried again, if it should. */
export type PostShared = (
  task: Extract<QueuedTask, { readonly kind: 'share' }>,
) => Promise<number | undefined>;

const usualPause = 5;

export function createPostShared({ stores, messenger, log }: PostSharedDeps): PostShared {
  return async function postShared({ exportId, conversation, claim, scheduleId }) {
    const schedule = scheduleId === undefined ? undefined : await stores.schedules.load(scheduleId);
    // Ended in the meantime, or forgotten with its owner.
    if (scheduleId !== undefined && (schedule === undefined || schedule.state.kind === 'ended'))
      return undefined;
    const job = await stores.exports.load(exportId);
    if (job === undefined) return undefined;
    const reading = await stores.readings.find(job.requester, { kind: 'export', id: exportId });
    if (reading === undefined) return undefined;
    const message = { kind: 'sharedSummary', job, reading, ...present({ schedule }) } as const;
    const outcome = await messenger.post(conversation, message);
    switch (outcome.kind) {
      case 'sent':
        return undefined;
      case 'busy':
        return outcome.retryAfter ?? usualPause;
      case 'gone':
      case 'blocked':
      case 'refused':
        // Pressing again may post it.
        await stores.notices.release(exportId, claim);
        break;
      case 'unknown':
      // It may have arrived: pressing again must not post it twice.
    }
    log.warn({ ...loggedOf(job), outcome: outcome.kind }, 'a summary was not shared');
    return undefined;
  };
}
