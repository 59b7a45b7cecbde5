/** Names the target of an export as its source calls it, and as its requester does. */
import { present } from '../present.ts';
import type { ExportJob } from './export-job.ts';
import type { Target } from './target.ts';

/** For the requester, and for those whom they show it to. */
export function titledTarget({ state, target }: Pick<ExportJob, 'state' | 'target'>): Target {
  if (state.status !== 'ready') return target;
  const { title: label = target.label, place = target.place } = state;
  return { ...target, label, ...present({ place }) };
}

/** For the requester alone: a name of their own comes before all others. */
export function ownTarget({ name, ...job }: Pick<ExportJob, 'name' | 'state' | 'target'>): Target {
  const target = titledTarget(job);
  return name === undefined ? target : { ...target, label: name };
}
