/** Says for which sources a person signs in: one is asked for at a time, so that one that is not allowed keeps none of the others. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { ExportSource, ExportSources } from '../../ports/export-source.ts';
import { present } from '../../domain/present.ts';
import type { Stores } from '../../ports/runtime.ts';
import { questionOf } from './ask-sign-in.ts';

export interface WantedSourcesDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly sources: Pick<ExportSources, 'all'>;
}

interface Wanted {
  /**
   * In the order in which to ask, never empty: those whose exports wait for the person. Nothing waits: that of the newest
   * export, which may be what they want the file of, then all others.
   */
  readonly sources: readonly ExportSource[];
  /** The claims challenge (JSON text) that the next sign-in must satisfy: it serves all of the person's exports. */
  readonly claims?: string;
}

/** What the person's next sign-in is to bring. */
export async function wantedOf(
  { stores: { exports }, sources }: WantedSourcesDeps,
  person: Person,
): Promise<Wanted> {
  const asking = (await exports.waitingFor(person)).filter((job) => questionOf(job) !== undefined);
  const claims = asking.map((job) => questionOf(job)?.claims).find((challenge) => challenge !== undefined);
  const those = ofThese(sources, asking);
  if (those.length > 0) return { sources: those, ...present({ claims }) };
  const newest = ofThese(sources, await exports.recentOf(person, 1));
  return { sources: [...newest, ...sources.all.filter((source) => !newest.includes(source))] };
}

export const wantedSources = async (
  deps: WantedSourcesDeps,
  person: Person,
): Promise<readonly ExportSource[]> => (await wantedOf(deps, person)).sources;

const ofThese = (
  { all }: Pick<ExportSources, 'all'>,
  jobs: readonly ExportJob[],
): readonly ExportSource[] => {
  const names = new Set(jobs.map(({ target }) => target.source));
  return all.filter(({ name }) => names.has(name));
};

/** The permissions of the first one. */
export const scopesOf = ([first]: readonly ExportSource[]): readonly string[] => first?.scopes ?? [];
