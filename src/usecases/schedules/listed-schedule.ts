/** Puts beside a schedule what it is called: by its owner, and by its source. */
import type { Person } from '../../domain/exports/export-job.ts';
import { titledTarget } from '../../domain/exports/own-target.ts';
import { nameOf } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Stores } from '../../ports/runtime.ts';

export interface ScheduleListed {
  readonly schedule: Schedule;
  /** What its owner calls the target: for their eyes. */
  readonly name?: string;
  /** What its source calls it. */
  readonly title?: string;
}

interface Listing {
  readonly stores: Pick<Stores, 'targetNames' | 'exports'>;
}

/** @param schedules of this person */
export async function listedFor(
  deps: Listing,
  person: Person,
  schedules: readonly Schedule[],
): Promise<readonly ScheduleListed[]> {
  const names = await deps.stores.targetNames.of(person);
  return Promise.all(
    schedules.map(async (schedule) => ({
      schedule,
      ...present({ name: nameOf(names, schedule.target) }),
      ...(await titleOf(deps, schedule)),
    })),
  );
}

/** As its last export was called. */
export async function titleOf(
  { stores }: { readonly stores: Pick<Stores, 'exports'> },
  { owner, target, lastRun }: Schedule,
): Promise<{ readonly title?: string }> {
  const job =
    lastRun?.exportId === undefined ? undefined : await stores.exports.loadOwn(owner, lastRun.exportId);
  const label = job && titledTarget(job).label;
  return label === undefined || label === target.label ? {} : { title: label };
}
