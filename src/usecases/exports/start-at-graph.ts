/** Starts an export at Graph exactly once: lists after an unknown outcome, commits, then posts. */
import { isPending, findOwnJob } from '../../domain/exports/adoption.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import { present } from '../../domain/present.ts';
import type { CreateAnswer, ExportSources, GraphJob } from '../../ports/export-source.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Advance } from '../machine/advance.ts';
import { jobSourceOf, makesJobs } from './job-source.ts';
import type { Called, CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson, troubleEvent } from './call-as-person.ts';

export interface StartAtGraphDeps extends CallAsPersonDeps {
  readonly sources: Pick<ExportSources, 'of'>;
  readonly stores: Pick<Stores, 'exports'>;
  readonly advance: Advance;
}

type Known<A> = Exclude<A, { readonly kind: 'unauthorized' }>;

/** The event that the attempt ends with, and the export as it is by then; the caller applies it. */
export type StartAtGraph = (
  job: ExportJob,
) => Promise<{ readonly event: ExportEvent; readonly job: ExportJob } | undefined>;

export function createStartAtGraph(deps: StartAtGraphDeps): StartAtGraph {
  return async function startAtGraph(job) {
    // An earlier POST may have made a job.
    if (job.state.status === 'starting' && job.state.outcomeUnknown) {
      const found = await lookForOwnJob(deps, job);
      if (found !== 'nothing') return { event: found, job };
    }
    return post(deps, job);
  };
}

async function post(deps: StartAtGraphDeps, job: ExportJob): ReturnType<StartAtGraph> {
  const source = deps.sources.of(job.target);
  let begun: ExportJob | undefined;
  const called = await callAsPerson(
    deps,
    job.requester,
    source,
    async (token): Promise<CreateAnswer | { kind: 'left' }> => {
      // Committed before the request leaves: whoever finds it after a crash lists first.
      begun ??= await begin(deps, job);
      return begun === undefined ? { kind: 'left' } : source.create(token, job.target);
    },
  );
  const now = begun ?? job;
  if (called.kind === 'trouble') return { event: called.event, job: now };
  if (called.answer.kind === 'left') return undefined;
  return { event: await afterPost(deps, job, called.answer), job: now };
}

/** Shown by whoever follows up, together with what comes of it. */
async function begin({ advance }: StartAtGraphDeps, known: ExportJob): Promise<ExportJob | undefined> {
  const begun = await advance(
    known.id,
    { type: 'startDue' },
    { leave: ['showCards'], comesBackBy: 'net', known },
  );
  return begun.kind === 'moved' ? begun.job : undefined;
}

async function afterPost(
  deps: StartAtGraphDeps,
  job: ExportJob,
  answer: Known<CreateAnswer>,
): Promise<ExportEvent> {
  switch (answer.kind) {
    case 'created':
      if (answer.jobId !== undefined) {
        const { jobId: graphJobId, underWay } = answer;
        return { type: 'exportAccepted', graphJobId, ...present({ underWay }) };
      }
      return orUnknown(await lookForOwnJob(deps, job));
    case 'ready':
      return { type: 'exportReadyAtOnce', ...present({ title: answer.title, place: answer.place }) };
    case 'conflict':
      return join(deps, job, answer.jobId);
    case 'unavailable':
      if (!answer.notSent) return { type: 'outcomeUnknown', ...present({ retryAfter: answer.retryAfter }) };
      return {
        type: 'graphUnavailable',
        kind: answer.trouble,
        notPosted: true,
        ...present({ retryAfter: answer.retryAfter }),
      };
    case 'consentMissing':
    case 'refused':
    case 'odd':
      return troubleEvent(answer);
  }
}

const orUnknown = (found: ExportEvent | 'nothing'): ExportEvent =>
  found === 'nothing' ? { type: 'outcomeUnknown' } : found;

/** Somebody has asked for the same: follow that job, if this person's own token may read it. */
async function join(deps: StartAtGraphDeps, job: ExportJob, named: string | undefined): Promise<ExportEvent> {
  const pending = named === undefined ? await pendingFor(deps, job) : { kind: 'id' as const, id: named };
  if (pending.kind === 'trouble') return pending.event;
  if (pending.id === undefined) return { type: 'graphUnavailable', kind: 'busy', notPosted: true };
  const graphJobId = pending.id;
  const source = jobSourceOf(deps, job);
  const got = await callAsPerson(deps, job.requester, source, (token) => source.jobs.get(token, graphJobId));
  if (got.kind === 'trouble') return got.event;
  switch (got.answer.kind) {
    case 'job':
      return { type: 'exportJoined', graphJobId, from: 'conflict' };
    case 'jobNotFound':
    case 'refused':
    case 'consentMissing':
      return { type: 'pendingElsewhere' };
    case 'unavailable':
    case 'odd':
      return withoutPost(troubleEvent(got.answer));
  }
}

const withoutPost = (event: ExportEvent): ExportEvent =>
  event.type === 'graphUnavailable' ? { ...event, notPosted: true } : event;

type Pending =
  | { readonly kind: 'id'; readonly id: string | undefined }
  | Extract<Called<never>, { readonly kind: 'trouble' }>;

async function pendingFor(deps: StartAtGraphDeps, job: ExportJob): Promise<Pending> {
  const source = jobSourceOf(deps, job);
  const listed = await callAsPerson(deps, job.requester, source, (token) =>
    source.jobs.list(token, job.target),
  );
  if (listed.kind === 'trouble') return listed;
  if (listed.answer.kind !== 'jobs')
    return { kind: 'trouble', event: withoutPost(troubleEvent(listed.answer)) };
  return { kind: 'id', id: listed.answer.jobs.find((other) => isPending(other) && isOf(other, job))?.id };
}

const isOf = ({ target }: GraphJob, job: ExportJob): boolean =>
  target !== undefined && sameTarget(target, job.target);

export interface LookForOwnJobDeps extends CallAsPersonDeps {
  readonly sources: Pick<ExportSources, 'of'>;
  readonly stores: Pick<Stores, 'exports'>;
}

/** `exportJoined`, what stood in the way, or `nothing` when the list holds no such job. */
export async function lookForOwnJob(
  deps: LookForOwnJobDeps,
  job: ExportJob,
): Promise<ExportEvent | 'nothing'> {
  const { requester, target, requestedAt: intent } = job;
  const source = deps.sources.of(target);
  if (!makesJobs(source)) return 'nothing';
  const listed = await callAsPerson(deps, requester, source, (token) => source.jobs.list(token, target));
  if (listed.kind === 'trouble') return listed.event;
  if (listed.answer.kind !== 'jobs') return troubleEvent(listed.answer);
  const held = await deps.stores.exports.heldGraphJobs(requester, target, job.id);
  const own = findOwnJob(listed.answer.jobs, { target, intent, held });
  return own === undefined ? 'nothing' : { type: 'exportJoined', graphJobId: own.id, from: 'list' };
}
