/** Makes a job that only Graph knows an export of ours, once the person's own token can read it. */
import type { Effect } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { graphJobIdOf, requestExport } from '../../domain/exports/export-job.ts';
import type { ExplorerView } from '../../domain/exports/explorer-url.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { GetAnswer, GoalsExports, GraphJob } from '../../ports/goals-exports.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import { wakeAt } from '../machine/advance.ts';
import type { Act } from './engine.ts';
import type { Called, CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson } from './call-as-person.ts';
import type { Limits } from '../machine/limits.ts';
import { limitReached } from '../machine/limits.ts';
import { placeCard } from '../cards/card-places.ts';
import type { StartExport, StartOutcome } from './start-export.ts';

export interface FollowGraphJobDeps extends CallAsPersonDeps {
  readonly goals: Pick<GoalsExports, 'get'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly act: Act;
  readonly startExport: StartExport;
  readonly limits: Limits;
}

interface Wish {
  readonly requester: Requester;
  readonly graphJobId: string;
  readonly conversation: Conversation;
}

export type FollowGraphJob = (
  wish: Wish,
) => Promise<StartOutcome | { readonly kind: 'notFound' | 'signInNeeded' | 'unavailable' }>;

/** The list in which somebody pressed may be older than many exports. */
const maxKnown = 500;

const showCards: Effect = { kind: 'showCards' };
const startNow: Effect = { kind: 'startNow' };

export function createFollowGraphJob(deps: FollowGraphJobDeps): FollowGraphJob {
  return async function followGraphJob(wish) {
    const got = await callAsPerson(deps, wish.requester, (token) => deps.goals.get(token, wish.graphJobId));
    const found = read(got);
    if (found.kind !== 'job') return found;
    const followed = await deps.transact((stores) => follow(deps, stores, wish, found.job, found.view));
    if (followed.kind === 'limitReached') return followed;
    if (followed.kind === 'otherJobOpen') return deps.startExport({ ...wish, view: found.view });
    deps.act(followed.job, followed.kind === 'started' ? [showCards, startNow] : [showCards]);
    return { kind: followed.kind, exportId: followed.job.id };
  };
}

type Found =
  | { readonly kind: 'job'; readonly job: GraphJob; readonly view: ExplorerView }
  | { readonly kind: 'notFound' | 'signInNeeded' | 'unavailable' };

function read(got: Called<Exclude<GetAnswer, { kind: 'unauthorized' }>>): Found {
  if (got.kind === 'trouble') {
    return { kind: got.event.type === 'signInRequired' ? 'signInNeeded' : 'unavailable' };
  }
  if (got.answer.kind === 'unavailable' || got.answer.kind === 'odd') return { kind: 'unavailable' };
  if (got.answer.kind !== 'job') return { kind: 'notFound' };
  const { organizationId, viewId } = got.answer.job;
  // Without its view a job can neither be told apart on a card nor be exported again.
  if (organizationId === undefined || viewId === undefined) return { kind: 'notFound' };
  return { kind: 'job', job: got.answer.job, view: { organizationId, viewId } };
}

type Followed =
  | { readonly kind: 'started' | 'followedHere'; readonly job: ExportJob }
  | { readonly kind: 'otherJobOpen' }
  | Extract<StartOutcome, { kind: 'limitReached' }>;

async function follow(
  deps: FollowGraphJobDeps,
  stores: Stores,
  wish: Wish,
  graphJob: GraphJob,
  view: ExplorerView,
): Promise<Followed> {
  const recent = await stores.exports.recentOf(wish.requester, maxKnown);
  const known = recent.find(({ state }) => graphJobIdOf(state) === wish.graphJobId);
  if (known !== undefined) {
    // A paused one goes on as if its view had been asked for again.
    if (known.state.status === 'stopped' || known.state.status === 'parked') return { kind: 'otherJobOpen' };
    return addCard(deps, stores, wish, 'followedHere', known);
  }
  const reached = await limitReached(stores, deps.limits, wish.requester, deps.clock.now());
  if (reached !== undefined) return { kind: 'limitReached', ...reached };
  const job = exportOf(deps, wish, graphJob, view);
  if ((await stores.exports.insert(job)) === 'alreadyOpen') return { kind: 'otherJobOpen' };
  return addCard(deps, stores, wish, 'started', job);
}

async function addCard(
  deps: FollowGraphJobDeps,
  { cards, queue }: Stores,
  { conversation }: Wish,
  kind: 'started' | 'followedHere',
  job: ExportJob,
): Promise<Followed> {
  await placeCard({ chance: deps.chance, clock: deps.clock, cards }, { exportId: job.id, conversation });
  const wake = wakeAt(job, kind === 'started' ? [startNow] : [showCards], deps.clock.now());
  if (wake !== undefined) await queue.schedule(job.id, wake, { tenantId: job.requester.tenantId });
  return { kind, job };
}

function exportOf(
  { chance, clock }: FollowGraphJobDeps,
  { requester }: Wish,
  graphJob: GraphJob,
  view: ExplorerView,
): ExportJob {
  const now = clock.now();
  const wished = requestExport({ id: chance.newId(), requester, view, now });
  return {
    ...wished,
    requestedAt: graphJob.createdAt ?? now,
    state: { status: 'waiting', graphJobId: graphJob.id },
    due: { at: now, step: 'poll' },
    contact: { ...wished.contact, followedSince: now },
  };
}
