/** Settles a look at Graph that finds nothing new: one with nothing to show, nobody to tell and nothing that follows. */
import { isDeepStrictEqual } from 'node:util';
import { answersOf, type ExportJob } from '../../domain/exports/export-job.ts';
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import { transition } from '../../domain/exports/transition.ts';
import type { Chance, Clock, Stores } from '../../ports/runtime.ts';

export interface QuietLookDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'random'>;
}

interface Look {
  readonly before: ExportJob;
  readonly event: ExportEvent;
  readonly holder: string;
}

/** In one statement with others. Undefined where it is no quiet look, or where the export is not as it was; nothing is written then. */
export async function settleQuietLook(
  { clock, chance, stores }: QuietLookDeps,
  { before, event, holder }: Look,
): Promise<ExportJob | undefined> {
  const now = clock.now();
  const next = transition(before, event, { now, random: chance.random() });
  if (next.kind === 'ignored' || next.effects.length > 0 || hasProved(before, next.job)) return undefined;
  const { job: after } = next;
  if (before.due === undefined || after.due === undefined || !isDeepStrictEqual(after.state, before.state))
    return undefined;
  return (await stores.exports.settleLook({ before, after, now, holder })) ? after : undefined;
}

/** True when Graph has accepted the token that a sign-in or a consent gave. */
export const hasProved = (before: ExportJob, after: ExportJob): boolean =>
  answersOf(before.contact) > 0 && (answersOf(after.contact) === 0 || after.state.status === 'failed');
