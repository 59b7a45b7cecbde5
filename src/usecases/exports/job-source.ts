/** Tells the sources that make jobs from those whose exports are ready at once. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { ExportSource, ExportSources } from '../../ports/export-source.ts';

export type JobSource = ExportSource & { readonly jobs: NonNullable<ExportSource['jobs']> };

export const makesJobs = (source: ExportSource): source is JobSource => source.jobs !== undefined;

/** Whoever follows a job has started it at a source that makes jobs. */
export function jobSourceOf(
  { sources }: { readonly sources: Pick<ExportSources, 'of'> },
  { id, target }: ExportJob,
): JobSource {
  const source = sources.of(target);
  if (!makesJobs(source)) throw new Error(`Export ${id} follows a job, but its source makes none.`);
  return source;
}
