/** Finds what the requester's own card tells beside the export: what its file says, how long it usually takes. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { usualDuration } from '../../domain/exports/usual-duration.ts';
import { present } from '../../domain/present.ts';
import type { ExportDetails } from '../../ports/messenger.ts';
import type { Stores } from '../../ports/runtime.ts';

export interface ExportDetailsDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings'>;
}

/** For the requester's eyes only. */
export type FindExportDetails = (job: ExportJob) => Promise<ExportDetails>;

export function createFindExportDetails(deps: ExportDetailsDeps): FindExportDetails {
  const usualFor = createUsualFor(deps);
  return async function findExportDetails(job) {
    switch (job.state.status) {
      case 'waiting':
      case 'running':
        return usualFor(job);
      case 'ready':
        return job.state.reading?.kind === 'done' ? readingOf(deps, job) : {};
      case 'expired':
        return readingOf(deps, job);
      case 'requested':
      case 'starting':
      case 'waitingForSignIn':
      case 'failed':
      case 'stopped':
      case 'parked':
        return {};
    }
  };
}

const maxRemembered = 20_000;

/** Cached for each export: one that finishes meanwhile changes little. */
function createUsualFor({ stores }: ExportDetailsDeps): (job: ExportJob) => Promise<ExportDetails> {
  const known = new Map<string, ExportDetails>();
  return async function usualFor({ id: key, requester, target }) {
    const details =
      known.get(key) ??
      present({ usual: usualDuration(await stores.exports.finishedRuns(requester.tenantId, target)) });
    const [oldest] = known.keys();
    if (known.size >= maxRemembered && oldest !== undefined) known.delete(oldest);
    known.set(key, details);
    return details;
  };
}

async function readingOf(
  { stores }: ExportDetailsDeps,
  { id, requester }: ExportJob,
): Promise<ExportDetails> {
  return present({ reading: await stores.readings.find(requester, { kind: 'export', id }) });
}
