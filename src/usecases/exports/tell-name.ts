/** Makes exports say another name: a new version of each, queued in the transaction that keeps the name. */
import type { Effect } from '../../domain/exports/export-event.ts';
import type { ExportJob, Person } from '../../domain/exports/export-job.ts';
import type { Target } from '../../domain/exports/target.ts';
import { transition } from '../../domain/exports/transition.ts';
import type { Chance, Clock, Stores } from '../../ports/runtime.ts';
import { wakeAt } from '../machine/advance.ts';

export interface TellNameDeps {
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'random'>;
}

/** To be acted on after the commit. */
export interface ToldName {
  readonly job: ExportJob;
  readonly effects: readonly Effect[];
}

/**
 * The card of the newest export of the target says it, and that of the one which was pressed; older ones when something else
 * changes on them.
 */
export async function tellName(
  { clock, chance }: TellNameDeps,
  { exports, queue }: Pick<Stores, 'exports' | 'queue'>,
  person: Person,
  target: Target,
  pressed?: string,
): Promise<readonly ToldName[]> {
  const newest = await exports.newest(person, target);
  const told: ToldName[] = [];
  for (const id of new Set([newest?.id, pressed])) {
    const job = id === undefined ? undefined : await exports.lock(id);
    const at = { now: clock.now(), random: chance.random() };
    const next = job && transition(job, { type: 'nameChanged' }, at);
    if (next?.kind !== 'moved') continue;
    await exports.save(next.job);
    const wake = wakeAt(next.job, next.effects, at.now);
    if (wake !== undefined) await queue.schedule(next.job.id, wake);
    told.push({ job: next.job, effects: next.effects });
  }
  return told;
}
