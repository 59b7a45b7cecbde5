/** Settles a look at Graph that finds nothing new: one with nothing to show, nobody to tell and nothing that follows. */
import { isDeepStrictEqual } from 'node:util';
import { answersOf, type ExportJob } from '../../domain/exports/export-job.ts';
import { staysAsSet } from '../../domain/exports/look-again.ts';
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
  /** The row of `before` says what it would say after a quiet look. */
  readonly isSettled: boolean;
}

/** Without a write where its row is right already, else in one statement with others. Undefined where it is no quiet look, or where the export is not as it was; nothing is written then. */
export async function settleQuietLook(
  { clock, chance, stores }: QuietLookDeps,
  { before, event, holder, isSettled }: Look,
): Promise<ExportJob | undefined> {
  const now = clock.now();
  const next = transition(before, event, { now, random: chance.random() });
  if (next.kind === 'ignored' || next.effects.length > 0 || hasProved(before, next.job)) return undefined;
  const { job: after } = next;
  if (before.due === undefined || after.due === undefined || !isDeepStrictEqual(after.state, before.state))
    return undefined;
  if (isSettled && isAsSet(before, after, event, now)) return before;
  return (await stores.exports.settleLook({ before, after, now, holder })) ? after : undefined;
}

/** Beside when it was looked at, which the row says for the beginning of the look. */
function isAsSet(before: ExportJob, after: ExportJob, event: ExportEvent, now: Date): boolean {
  if (event.type !== 'stillWaiting' && event.type !== 'stillRunning') return false;
  const { lookedAt: _before, ...contact } = before.contact;
  const { lookedAt: _after, ...newContact } = after.contact;
  return isDeepStrictEqual(contact, newContact) && staysAsSet(before, event, { now, random: 0 });
}

/** True when Graph has accepted the token that a sign-in or a consent gave. */
export const hasProved = (before: ExportJob, after: ExportJob): boolean =>
  answersOf(before.contact) > 0 && (answersOf(after.contact) === 0 || after.state.status === 'failed');
