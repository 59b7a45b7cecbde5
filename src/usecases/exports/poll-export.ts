/** Looks at a Graph job once and tells what it says as an event. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, Following } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { ExportSources, GetAnswer } from '../../ports/export-source.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson, troubleEvent } from './call-as-person.ts';
import { jobSourceOf } from './job-source.ts';
import { lookForOwnJob } from './start-at-graph.ts';

export interface PollExportDeps extends CallAsPersonDeps {
  readonly sources: Pick<ExportSources, 'of'>;
  readonly stores: Pick<Stores, 'exports'>;
}

export type PollExport = (job: ExportJob, state: Following) => Promise<ExportEvent>;

export function createPollExport(deps: PollExportDeps): PollExport {
  return async function pollExport(job, state) {
    const source = jobSourceOf(deps, job);
    const got = await callAsPerson(deps, job.requester, source, (token) =>
      source.jobs.get(token, state.graphJobId),
    );
    if (got.kind === 'trouble') return got.event;
    switch (got.answer.kind) {
      case 'job':
        return progress(got.answer);
      case 'jobNotFound':
        return state.missingSince === undefined ? { type: 'jobMissing' } : lookElsewhere(deps, job, state);
      case 'consentMissing':
      case 'refused':
      case 'unavailable':
      case 'odd':
        return troubleEvent(got.answer);
    }
  };
}

function progress({ job, retryAfter, requestId }: Extract<GetAnswer, { kind: 'job' }>): ExportEvent {
  const again = present({ retryAfter });
  switch (job.status) {
    case 'notStarted':
      return { type: 'stillWaiting', ...again };
    case 'running':
      return { type: 'stillRunning', ...again };
    case 'unknown':
      return { type: 'stillRunning', ...again, unknownStatus: job.unknownStatus ?? 'unknown' };
    case 'succeeded':
      return { type: 'exportSucceeded', ...present({ expiresAt: job.expiresAt }) };
    case 'failed':
      return { type: 'exportFailed', ...present({ requestId }) };
  }
}

/** Missing twice: perhaps the list knows it under another id, else it is gone. The same id there leads to the same 404. */
async function lookElsewhere(
  deps: PollExportDeps,
  job: ExportJob,
  { graphJobId }: Following,
): Promise<ExportEvent> {
  const found = await lookForOwnJob(deps, job);
  if (found === 'nothing') return { type: 'jobMissing' };
  return found.type === 'exportJoined' && found.graphJobId === graphJobId ? { type: 'jobMissing' } : found;
}
