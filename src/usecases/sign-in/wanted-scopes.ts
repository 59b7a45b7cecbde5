/** Says which permissions a person is asked for: those of the sources whose exports wait for them, and no others. */
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { Stores } from '../../ports/runtime.ts';

export interface WantedScopesDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly sources: Pick<ExportSources, 'all'>;
}

/** Nothing waits: that of the newest export, which may be what they want the file of; else of the first source. */
export async function wantedScopes(
  { stores: { exports }, sources }: WantedScopesDeps,
  person: Person,
): Promise<readonly string[]> {
  const ids = await exports.waitingFor(person);
  const waiting = (await Promise.all(ids.map((id) => exports.load(id)))).flatMap((job) => job ?? []);
  const wished: readonly ExportJob[] = waiting.length > 0 ? waiting : await exports.recentOf(person, 1);
  const names = new Set(wished.map(({ target }) => target.source));
  const asking = sources.all.filter(({ name }) => names.has(name));
  return (asking.length > 0 ? asking : sources.all.slice(0, 1)).flatMap(({ scopes }) => scopes);
}
