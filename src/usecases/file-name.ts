/** Answers for what a handed-over file is called. */
import { shortId } from '../domain/exports/explorer-url.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';

/** `VivaGoals_<short view id>_<YYYY-MM-DD>_<HHMM>Z.csv`, the time of the hand-over in UTC. */
export function fileNameOf(job: ExportJob, now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `VivaGoals_${shortId(job.view.viewId)}_${date}_${time.slice(0, 5).replace(':', '')}Z.csv`;
}
