/** Answers for what the requester's own card tells beside the export: what its file says, how long it usually takes. */
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { ExportDetails } from '../ports/messenger.ts';

/** For the requester's eyes only. */
export type FindExportDetails = (job: ExportJob) => Promise<ExportDetails>;
