/** Makes a job that only Graph knows an export of ours, once the person's own token can read it. */
import { auditPlace } from '../../domain/audit/audit-entry.ts';
import { aboutExport } from '../../domain/audit/export-entry.ts';
import type { Effect } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { graphJobIdOf, requestExport } from '../../domain/exports/export-job.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { ExportSources, GetAnswer, GraphJob } from '../../ports/export-source.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import { wakeAt } from '../machine/advance.ts';
import type { Act } from './engine.ts';
import type { Called, CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson } from './call-as-person.ts';
import type { Limits } from '../machine/limits.ts';
import { limitReached } from '../machine/limits.ts';
import { placeCard } from '../cards/card-places.ts';
import type { StartExport, StartOutcome } from './start-export.ts';
import { makesJobs } from './job-source.ts';

export interface FollowGraphJobDeps extends CallAsPersonDeps {
  readonly sources: Pick<ExportSources, 'all'>;
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
  /** Whose job it is: the first source that makes any, unless given. */
  readonly source?: string;
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
    const found = await find(deps, wish);
    if (found.kind !== 'job') return found;
    const followed = await deps.transact((stores) => follow(deps, stores, wish, found.job, found.target));
    if (followed.kind === 'limitReached') return followed;
    if (followed.kind === 'otherJobOpen') return deps.startExport({ ...wish, target: found.target });
    deps.act(followed.job, followed.kind === 'started' ? [showCards, startNow] : [showCards]);
    return { kind: followed.kind, exportId: followed.job.id };
  };
}

type Found =
  | { readonly kind: 'job'; readonly job: GraphJob; readonly target: Target }
  | { readonly kind: 'notFound' | 'signInNeeded' | 'unavailable' };

async function find({ sources, tokens }: FollowGraphJobDeps, wish: Wish): Promise<Found> {
  const source = sources.all
    .filter(makesJobs)
    .find(({ name }) => wish.source === undefined || wish.source === name);
  if (source === undefined) return { kind: 'notFound' };
  const get = (token: string) => source.jobs.get(token, wish.graphJobId);
  return read(await callAsPerson({ tokens }, wish.requester, source, get));
}

function read(got: Called<Exclude<GetAnswer, { kind: 'unauthorized' }>>): Found {
  if (got.kind === 'trouble') {
    return { kind: got.event.type === 'signInRequired' ? 'signInNeeded' : 'unavailable' };
  }
  if (got.answer.kind === 'unavailable' || got.answer.kind === 'odd') return { kind: 'unavailable' };
  if (got.answer.kind !== 'job') return { kind: 'notFound' };
  const { target } = got.answer.job;
  // Without its target a job can neither be told apart on a card nor be exported again.
  if (target === undefined) return { kind: 'notFound' };
  return { kind: 'job', job: got.answer.job, target };
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
  target: Target,
): Promise<Followed> {
  const recent = await stores.exports.recentOf(wish.requester, maxKnown);
  const known = recent.find(
    ({ state, target: { source } }) => source === target.source && graphJobIdOf(state) === wish.graphJobId,
  );
  if (known !== undefined) {
    // A paused one goes on as if it had been asked for again.
    if (known.state.status === 'stopped' || known.state.status === 'parked') return { kind: 'otherJobOpen' };
    return addCard(deps, stores, wish, 'followedHere', known);
  }
  const reached = await limitReached(stores, deps.limits, wish.requester, deps.clock.now());
  if (reached !== undefined) return { kind: 'limitReached', ...reached };
  const job = exportOf(deps, wish, graphJob, target);
  if ((await stores.exports.insert(job)) === 'alreadyOpen') return { kind: 'otherJobOpen' };
  return addCard(deps, stores, wish, 'started', job);
}

async function addCard(
  deps: FollowGraphJobDeps,
  { cards, queue, audit }: Stores,
  { conversation }: Wish,
  kind: 'started' | 'followedHere',
  job: ExportJob,
): Promise<Followed> {
  await placeCard({ chance: deps.chance, clock: deps.clock, cards }, { exportId: job.id, conversation });
  const asked = { event: 'exportAsked', outcome: 'byGraphJob', place: auditPlace(conversation) } as const;
  await audit.record({ ...aboutExport(job), at: deps.clock.now(), ...asked });
  const wake = wakeAt(job, kind === 'started' ? [startNow] : [showCards], deps.clock.now());
  if (wake !== undefined) await queue.schedule(job.id, wake);
  return { kind, job };
}

function exportOf(
  { chance, clock }: FollowGraphJobDeps,
  { requester }: Wish,
  graphJob: GraphJob,
  target: Target,
): ExportJob {
  const now = clock.now();
  const wished = requestExport({ id: chance.newId(), requester, target, now });
  return {
    ...wished,
    requestedAt: graphJob.createdAt ?? now,
    state: { status: 'waiting', graphJobId: graphJob.id },
    due: { at: now, step: 'poll' },
    contact: { ...wished.contact, followedSince: now },
  };
}
