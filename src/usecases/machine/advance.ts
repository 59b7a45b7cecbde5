/** Moves an export on: loads it, decides, saves and queues in one transaction, then acts. */
import type { Effect, ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, ParkCause } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { transition } from '../../domain/exports/transition.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { LimitReached } from './limits.ts';

export interface AdvanceDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'random'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** Runs after the commit, in the background. */
  readonly act: (job: ExportJob, effects: readonly Effect[]) => void;
}

type Advanced =
  | {
      readonly kind: 'moved';
      readonly job: ExportJob;
      /** What comes next is queued for its time; only the safety net is, where this is false. */
      readonly isQueuedForDue: boolean;
    }
  | { readonly kind: 'ignored'; readonly job: ExportJob }
  /** Re-opening would have made a second open export of the same target. */
  | { readonly kind: 'alreadyOpen' }
  | ({ readonly kind: 'limitReached' } & LimitReached)
  | { readonly kind: 'missing' };

interface AdvanceOptions {
  /** Effects that the caller brings about itself. */
  readonly leave?: readonly Effect['kind'][];
  /**
   * What brings the export back if this process dies: a safety net queued here, unless it is the queue's `job` that runs this, or
   * a `net` queued before for what is done at once.
   */
  readonly comesBackBy?: 'job' | 'net';
  /** Ignored when the export has moved on since this version. */
  readonly ifVersion?: number;
  /** Asked inside the transaction, so that concurrent requests cannot pass it together. */
  readonly limit?: (stores: Stores) => Promise<LimitReached | undefined>;
}

export type Advance = (exportId: string, event: ExportEvent, options?: AdvanceOptions) => Promise<Advanced>;

/** Seconds until the queue repeats what a crash may have kept from happening directly. */
const safetyNet = 10;

export function createAdvance(deps: AdvanceDeps): Advance {
  return async function advance(exportId, event, options = {}) {
    const decided = await deps.transact((stores) => decide(deps, stores, exportId, event, options));
    if (decided.result.kind === 'moved') reportParked(deps, decided.result.job, decided.effects);
    if (decided.effects.length > 0 && decided.result.kind === 'moved') {
      const effects = decided.effects.filter(({ kind }) => options.leave?.includes(kind) !== true);
      if (effects.length > 0) deps.act(decided.result.job, effects);
    }
    return decided.result;
  };
}

/** The card says that it was reported: this is the report. */
function reportParked({ log }: AdvanceDeps, { id, state }: ExportJob, effects: readonly Effect[]): void {
  const isNew = effects.some((effect) => effect.kind === 'notifyRequester' && effect.about === 'parked');
  if (state.status !== 'parked' || !isNew) return;
  const { cause, correlationId } = state;
  log[parkedAt[cause]]({ exportId: id, cause, ...present({ correlationId }) }, 'an export was put aside');
}

/** What goes on by itself, or what no operator can mend, is a warning only. */
const parkedAt: Readonly<Record<ParkCause, 'warn' | 'error'>> = {
  oddAnswers: 'error',
  crashedTooOften: 'error',
  operatorFault: 'warn',
  followedTooLong: 'warn',
};

async function decide(
  deps: AdvanceDeps,
  stores: Stores,
  exportId: string,
  event: ExportEvent,
  { limit, ifVersion, comesBackBy }: AdvanceOptions,
): Promise<{ readonly result: Advanced; readonly effects: readonly Effect[] }> {
  const job = await stores.exports.lock(exportId);
  if (job === undefined) return { result: { kind: 'missing' }, effects: [] };
  if (ifVersion !== undefined && ifVersion !== job.version)
    return { result: { kind: 'ignored', job }, effects: [] };
  const at = { now: deps.clock.now(), random: deps.chance.random() };
  const next = transition(job, event, at);
  if (next.kind === 'ignored') return { result: { kind: 'ignored', job }, effects: [] };
  const reached = await limit?.(stores);
  if (reached !== undefined) return { result: { kind: 'limitReached', ...reached }, effects: [] };
  const saved = await stores.exports.save(next.job);
  if (saved === 'alreadyOpen') return { result: { kind: 'alreadyOpen' }, effects: [] };
  const goesOn = event.type === 'startDue' || next.effects.some(({ kind }) => kind === 'startNow');
  const wake =
    comesBackBy !== undefined && goesOn ? undefined : wakeFor(comesBackBy, next.job, next.effects, at.now);
  const { tenantId } = job.requester;
  if (wake !== undefined)
    await stores.queue.schedule(exportId, wake, { tenantId, isFirst: comesBackBy === 'job' });
  for (const effect of next.effects)
    if (effect.kind === 'readContent')
      await stores.queue.scheduleFileWork(
        { kind: 'readExport', id: exportId },
        new Date(at.now.getTime() + effect.after * 1000),
      );
  const isQueuedForDue = wake?.getTime() === next.job.due?.at.getTime();
  return { result: { kind: 'moved', job: next.job, isQueuedForDue }, effects: next.effects };
}

/** A queued job shows what has changed before it ends: it needs no safety net. */
const wakeFor = (
  comesBackBy: AdvanceOptions['comesBackBy'],
  job: ExportJob,
  effects: readonly Effect[],
  now: Date,
): Date | undefined => (comesBackBy === 'job' ? job.due?.at : wakeAt(job, effects, now));

/** What happens directly after the commit is queued as well, a little later: the safety net. */
export function wakeAt(job: ExportJob, effects: readonly Effect[], now: Date): Date | undefined {
  const net = new Date(now.getTime() + safetyNet * 1000);
  const isSeenToHere = effects.some(({ kind }) => kind !== 'readContent');
  if (job.due === undefined) return isSeenToHere ? net : undefined;
  if (effects.some(({ kind }) => kind === 'startNow')) return net;
  return isSeenToHere && net < job.due.at ? net : job.due.at;
}
