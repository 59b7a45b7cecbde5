/** Begins the export of a schedule's run: without a card, beside the limits of what people ask for by hand. */
import type { Effect } from '../../domain/exports/export-event.ts';
import { isOpen, type ExportJob, type Requester } from '../../domain/exports/export-job.ts';
import type { Target } from '../../domain/exports/target.ts';
import { transition } from '../../domain/exports/transition.ts';
import type { Stores } from '../../ports/runtime.ts';
import { wakeAt } from '../machine/advance.ts';
import { insertNew, retryLostRace, type StartExportDeps } from './start-export.ts';

interface WantedRun {
  readonly requester: Requester;
  readonly target: Target;
  /** Written with the export, or not at all. */
  readonly begun: (exportId: string) => Promise<void>;
}

/**
 * An export of the same that is open is followed, a paused one goes on.
 * @param wanted asked inside the transaction: what to begin, if anything
 */
export type StartForSchedule = (
  person: Pick<Requester, 'tenantId' | 'userId'>,
  wanted: (stores: Stores) => Promise<WantedRun | undefined>,
) => Promise<void>;

type Begun = { readonly job: ExportJob; readonly effects: readonly Effect[] } | undefined;

export function createStartForSchedule(
  deps: Pick<StartExportDeps, 'transact' | 'clock' | 'chance' | 'act' | 'tokens'>,
): StartForSchedule {
  return async function startForSchedule(person, wanted) {
    const isSignedIn = await deps.tokens.holds(person);
    const begun = await retryLostRace(() =>
      deps.transact(async (stores) => {
        const run = await wanted(stores);
        if (run === undefined) return undefined;
        const started = await begin(deps, stores, run, isSignedIn);
        if (started !== 'lostRace' && started !== undefined) await run.begun(started.job.id);
        return started;
      }),
    );
    if (begun !== undefined && begun.effects.length > 0) deps.act(begun.job, begun.effects);
  };
}

async function begin(
  deps: Pick<StartExportDeps, 'clock' | 'chance'>,
  stores: Stores,
  { requester, target }: WantedRun,
  isSignedIn: boolean,
): Promise<Begun | 'lostRace'> {
  const newest = await stores.exports.newest(requester, target);
  const known = newest === undefined ? undefined : await stores.exports.lock(newest.id);
  if (known !== undefined && isOpen(known)) return { job: known, effects: [] };
  if (known?.state.status !== 'stopped' && known?.state.status !== 'parked')
    return insertNew(deps, stores, { requester, target }, { isSignedIn, bySchedule: true });
  const now = deps.clock.now();
  const next = transition(
    { ...known, requester },
    { type: 'resumed' },
    { now, random: deps.chance.random() },
  );
  if (next.kind === 'ignored' || (await stores.exports.save(next.job)) === 'alreadyOpen') return 'lostRace';
  const wake = wakeAt(next.job, next.effects, now);
  if (wake !== undefined) await stores.queue.schedule(next.job.id, wake);
  return next;
}
