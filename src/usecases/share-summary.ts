/** Answers for showing what an export says to everybody in a group or channel: asked first, then posted once. */
import type { ExportJob, Requester } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { CountPeople, Messenger } from '../ports/messenger.ts';
import type { Reading } from '../ports/readings.ts';
import type { Log, Stores } from '../ports/runtime.ts';
import { within } from './within.ts';

export interface ShareSummaryDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'notices'>;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly countPeople: CountPeople;
  readonly log: Log;
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
  /** `people`: how many are there, unless Teams does not say so in time. */
  readonly ask: (
    wish: Wish,
  ) => Promise<
    | { readonly kind: 'ask'; readonly job: ExportJob; readonly reading: Reading; readonly people?: number }
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
  ask: async (wish) => {
    const found = await find(deps, wish);
    if (found.kind !== 'found') return found;
    const { job, reading } = found;
    const people = await within(patienceMilliseconds, deps.countPeople(wish.conversation));
    return { kind: 'ask', job, reading, ...(people === undefined ? {} : { people }) };
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

/** Claimed before it is sent: however often it is pressed, the same figures are posted there once. */
async function post(deps: ShareSummaryDeps, { conversation }: Wish, { job, reading }: Found) {
  const { notices } = deps.stores;
  const key = `shared ${reading.asOf.toISOString()} ${conversation.conversationId}`;
  if (!(await notices.claim(job.id, key))) return { kind: 'alreadyShared', job } as const;
  const outcome = await deps.messenger.post(conversation, { kind: 'sharedSummary', job, reading });
  if (outcome.kind === 'sent') return { kind: 'shared', job } as const;
  deps.log.warn({ exportId: job.id, outcome: outcome.kind }, 'a summary was not shared');
  // After an unknown outcome it may stand there: pressing again must not show it twice.
  if (outcome.kind !== 'unknown') await notices.release(job.id, key);
  return { kind: 'notShared', job } as const;
}
