/** Finds the objective at the top of what was exported without a name or a title: what its person may know it by. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { Stores } from '../../ports/runtime.ts';

/** For the requester's eyes only. */
export type WithTopObjective = ExportJob & { readonly topObjective?: string };

/** @param jobs of this person, their names in hand */
export async function withTopObjectives(
  { readings }: Pick<Stores, 'readings'>,
  person: Person,
  jobs: readonly ExportJob[],
): Promise<readonly WithTopObjective[]> {
  const wanted = jobs.filter(isNameless).map(({ id }) => id);
  if (wanted.length === 0) return jobs;
  const found = await readings.ofExports(person, wanted);
  return jobs.map((job) => {
    const topObjective = found.get(job.id)?.summary.topObjective;
    return topObjective === undefined ? job : { ...job, topObjective };
  });
}

const isNameless = ({ name, state }: ExportJob): boolean =>
  name === undefined &&
  (state.status === 'expired' || (state.status === 'ready' && state.title === undefined));
