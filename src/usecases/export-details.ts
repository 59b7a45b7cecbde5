/** Answers for what the requester's own card tells beside the export: what its file says, how long it usually takes. */
import type { ExportJob } from '../domain/exports/export-job.ts';
import { usualDuration } from '../domain/exports/usual-duration.ts';
import { present } from '../domain/present.ts';
import type { ExportDetails } from '../ports/messenger.ts';
import type { Stores } from '../ports/runtime.ts';

export interface ExportDetailsDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings'>;
}

/** For the requester's eyes only. */
export type FindExportDetails = (job: ExportJob) => Promise<ExportDetails>;

export const createFindExportDetails =
  (deps: ExportDetailsDeps): FindExportDetails =>
  async (job) => {
    switch (job.state.status) {
      case 'starting':
      case 'waiting':
      case 'running':
        return usualFor(deps, job);
      case 'ready':
        return job.state.reading?.kind === 'done' ? readingOf(deps, job) : {};
      case 'expired':
        return readingOf(deps, job);
      default:
        return {};
    }
  };

async function usualFor(
  { stores }: ExportDetailsDeps,
  { requester, view }: ExportJob,
): Promise<ExportDetails> {
  const usual = usualDuration(await stores.exports.finishedRuns(requester.tenantId, view));
  return present({ usual });
}

async function readingOf(
  { stores }: ExportDetailsDeps,
  { id, requester }: ExportJob,
): Promise<ExportDetails> {
  return present({ reading: await stores.readings.find(requester, { kind: 'export', id }) });
}
