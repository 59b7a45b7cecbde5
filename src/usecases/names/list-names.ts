/** Lists the names that a person has given, and what they exported lately without one. */
import type { Person } from '../../domain/exports/export-job.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import { byName, type TargetName } from '../../domain/exports/target-name.ts';
import type { Stores } from '../../ports/runtime.ts';
import { withTopObjectives, type WithTopObjective } from './top-objectives.ts';

export interface ListNamesDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'targetNames'>;
}

export interface NamesOfPerson {
  /** In the order of an alphabet. */
  readonly names: readonly TargetName[];
  /** Their newest exports of what has neither a name nor a title. */
  readonly nameless: readonly WithTopObjective[];
}

const maxLooked = 100;
const maxNameless = 5;

export async function listNames({ stores }: ListNamesDeps, person: Person): Promise<NamesOfPerson> {
  const [names, exports] = await Promise.all([
    stores.targetNames.of(person),
    stores.exports.recentOf(person, maxLooked),
  ]);
  const newest = exports.filter(
    ({ target }, nth) => exports.findIndex((other) => sameTarget(other.target, target)) === nth,
  );
  const nameless = newest.filter(
    ({ state, target }) =>
      !names.some((one) => sameTarget(one.target, target)) &&
      !(state.status === 'ready' && state.title !== undefined),
  );
  return {
    names: names.toSorted((a, b) => byName(a.name, b.name)),
    nameless: await withTopObjectives(stores, person, nameless.slice(0, maxNameless)),
  };
}
