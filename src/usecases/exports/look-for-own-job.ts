/** Answers for the job in Graph's list that this export made or held under another id. */
import { findOwnJob } from '../../domain/exports/adoption.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { GoalsExports } from '../../ports/goals-exports.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { GraphCallDeps } from './graph-calls.ts';
import { asPerson, graphTrouble } from './graph-calls.ts';

export interface LookForOwnJobDeps extends GraphCallDeps {
  readonly goals: Pick<GoalsExports, 'list'>;
  readonly stores: Pick<Stores, 'exports'>;
}

/** `exportJoined`, what stood in the way, or `nothing` when the list holds no such job. */
export async function lookForOwnJob(
  deps: LookForOwnJobDeps,
  job: ExportJob,
): Promise<ExportEvent | 'nothing'> {
  const { requester, view, requestedAt: intent } = job;
  const listed = await asPerson(deps, requester, (token) => deps.goals.list(token, view.organizationId));
  if (listed.kind === 'trouble') return listed.event;
  if (listed.answer.kind !== 'jobs') return graphTrouble(listed.answer);
  const held = await deps.stores.exports.heldGraphJobs(requester, view, job.id);
  const own = findOwnJob(listed.answer.jobs, { view, intent, held });
  return own === undefined ? 'nothing' : { type: 'exportJoined', graphJobId: own.id, from: 'list' };
}
