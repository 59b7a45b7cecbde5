/** Says for which sources a person signs in: one is asked for at a time, so that one that is not allowed keeps none of the others. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { ExportSource, ExportSources } from '../../ports/export-source.ts';
import type { Stores } from '../../ports/runtime.ts';
import { questionOf } from './ask-sign-in.ts';

export interface WantedSourcesDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly sources: Pick<ExportSources, 'all'>;
}

/**
 * In the order in which to ask, never empty: those whose exports wait for the person. Nothing waits: that of the newest
 * export, which may be what they want the file of, then all others.
 */
export async function wantedSources(
  { stores: { exports }, sources }: WantedSourcesDeps,
  person: Person,
): Promise<readonly ExportSource[]> {
  const waiting = await exports.waitingFor(person);
  const asking = ofThese(
    sources,
    waiting.filter((job) => questionOf(job) !== undefined),
  );
  if (asking.length > 0) return asking;
  const newest = ofThese(sources, await exports.recentOf(person, 1));
  return [...newest, ...sources.all.filter((source) => !newest.includes(source))];
}

const ofThese = (
  { all }: Pick<ExportSources, 'all'>,
  jobs: readonly ExportJob[],
): readonly ExportSource[] => {
  const names = new Set(jobs.map(({ target }) => target.source));
  return all.filter(({ name }) => names.has(name));
};

/** The permissions of the first one. */
export async function wantedScopes(deps: WantedSourcesDeps, person: Person): Promise<readonly string[]> {
  return (await wantedSources(deps, person))[0]?.scopes ?? [];
}
