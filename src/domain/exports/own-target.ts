/** Names the target of an export as its source calls it. */
import { present } from '../present.ts';
import type { ExportJob } from './export-job.ts';
import type { Target } from './target.ts';

/** For the person alone. */
export function ownTarget({ state, target }: Pick<ExportJob, 'state' | 'target'>): Target {
  if (state.status !== 'ready') return target;
  const { title: label = target.label, place = target.place } = state;
  return { ...target, label, ...present({ place }) };
}
