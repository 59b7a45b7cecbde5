/** Moves an export on: loads it, decides, saves and queues all or nothing, then acts. */
import { isDeepStrictEqual } from 'node:util';
import { exportEntry } from '../../domain/audit/export-entry.ts';
import type { Effect, ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, ParkCause } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { transition } from '../../domain/exports/transition.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { LimitReached } from './limits.ts';
import { queueNext, saveKnown, saveTogether, type Plan } from './save-step.ts';

export interface AdvanceDeps {
  readonly stores: Pick<Stores, 'exports' | 'queue'>;
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
      /** The claim of whoever has worked on it has ended. */
      readonly isGivenBack: boolean;
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
   * What brings the export back if this process dies: a safety net queued here, unless it is the queue's `job` that runs this,
   * and queues what is due when it ends; or a `net` queued before for what is done at once; with a `fileJob` what is due is queued
   * as before.
   */
  readonly comesBackBy?: 'job' | 'net' | 'fileJob';
  /** As it was read: saved over it, and read again only where it is not that any more. */
  readonly known?: ExportJob;
  /** Whose claim ends with it, unless more is due at once. */
  readonly holder?: string;
  /** Written in the same transaction, where the export moves. */
  readonly alongside?: (stores: Stores) => Promise<void>;
  /** Ignored when the export has moved on since this version. */
  readonly ifVersion?: number;
  /** Asked inside the transaction, so that concurrent requests cannot pass it together. */
  readonly limit?: (stores: Stores) => Promise<LimitReached | undefined>;
}

export type Advance = (exportId: string, event: ExportEvent, options?: AdvanceOptions) => Promise<Advanced>;

/** In the caller's transaction; what it resolves with acts, and is to be called once that has committed. */
export type AdvanceWithin = (stores: Stores, known: ExportJob, event: ExportEvent) => Promise<() => void>;

/** Seconds until the queue repeats what a crash may have kept from happening directly. */
const safetyNet = 10;

export function createAdvance(deps: AdvanceDeps): Advance {
  return async function advance(exportId, event, options = {}) {
    const decided =
      (options.known && (await saveOver(deps, options.known, event, options))) ??
      (await deps.transact((stores) => decide(deps, stores, exportId, event, options)));
    actOn(deps, decided, options);
    return decided.result;
  };
}

export function createAdvanceWithin(deps: AdvanceDeps): AdvanceWithin {
  return async function advanceWithin(stores, known, event) {
    const plan = planFor(deps, known, event, {});
    const isSaved = plan !== undefined && (await saveKnown(stores, known, plan)) === 'saved';
    const decided = isSaved ? movedBy(plan) : await decide(deps, stores, known.id, event, {});
    return function act() {
      actOn(deps, decided, {});
    };
  };
}

function actOn(deps: AdvanceDeps, { result, effects: all }: Decided, { leave = [] }: AdvanceOptions): void {
  if (result.kind !== 'moved') return;
  reportParked(deps, result.job, all);
  const effects = all.filter(({ kind }) => !leave.includes(kind));
  if (effects.length > 0) deps.act(result.job, effects);
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

interface Decided {
  readonly result: Advanced;
  readonly effects: readonly Effect[];
}

/** Without a lock, and where nothing is queued without a transaction. Undefined where the export is not as it was known. */
async function saveOver(
  deps: AdvanceDeps,
  known: ExportJob,
  event: ExportEvent,
  options: AdvanceOptions,
): Promise<Decided | undefined> {
  const plan = planFor(deps, known, event, options);
  if (plan === undefined) return undefined;
  const saved =
    plan.fileWork.length === 0 && options.alongside === undefined
      ? await saveKnown(deps.stores, known, plan)
      : await saveTogether(deps.transact, known, plan, options.alongside);
  switch (saved) {
    case 'saved':
      return movedBy(plan);
    case 'alreadyOpen':
      return { result: { kind: 'alreadyOpen' }, effects: [] };
    case 'overtaken':
      return undefined;
  }
}

async function decide(
  deps: AdvanceDeps,
  stores: Stores,
  exportId: string,
  event: ExportEvent,
  options: AdvanceOptions,
): Promise<Decided> {
  const job = await stores.exports.lock(exportId);
  if (job === undefined) return { result: { kind: 'missing' }, effects: [] };
  const { limit, ifVersion } = options;
  const plan =
    ifVersion === undefined || ifVersion === job.version ? planFor(deps, job, event, options) : undefined;
  if (plan === undefined) return { result: { kind: 'ignored', job }, effects: [] };
  const reached = await limit?.(stores);
  if (reached !== undefined) return { result: { kind: 'limitReached', ...reached }, effects: [] };
  const saved = await stores.exports.save(plan.job, plan.save);
  if (saved === 'alreadyOpen') return { result: { kind: 'alreadyOpen' }, effects: [] };
  await queueNext(stores, plan);
  await options.alongside?.(stores);
  return movedBy(plan);
}

/** Undefined where the event means nothing to the export. */
function planFor(
  deps: AdvanceDeps,
  job: ExportJob,
  event: ExportEvent,
  { comesBackBy, holder }: AdvanceOptions,
): Plan | undefined {
  const at = { now: deps.clock.now(), random: deps.chance.random() };
  const next = transition(job, event, at);
  if (next.kind === 'ignored') return undefined;
  const { effects } = next;
  const goesOn = event.type === 'startDue' || effects.some(({ kind }) => kind === 'startNow');
  const isSeenTo =
    comesBackBy === 'job' || (comesBackBy === 'fileJob' && isDeepStrictEqual(job.due, next.job.due));
  const isLeft = isSeenTo || (comesBackBy === 'net' && goesOn);
  const wake = isLeft ? undefined : wakeFor(comesBackBy, next.job, effects, at.now);
  const isLast = !goesOn && !isDueAtOnce(next.job, at.now);
  const fileWork = effects.flatMap((effect) =>
    effect.kind === 'readContent' ? [new Date(at.now.getTime() + effect.after * 1000)] : [],
  );
  const wakeIn = wake === undefined ? undefined : secondsFrom(at.now, wake);
  const audit = exportEntry(job, event, next.job, at.now);
  const save = present({ doneBy: isLast ? holder : undefined, wakeIn, audit });
  const isQueuedForDue = isSeenTo || wake?.getTime() === next.job.due?.at.getTime();
  return { job: next.job, effects, save, fileWork, isQueuedForDue, ...present({ wake }) };
}

const movedBy = ({ job, effects, isQueuedForDue, save }: Plan): Decided => ({
  result: { kind: 'moved', job, isQueuedForDue, isGivenBack: save.doneBy !== undefined },
  effects,
});

/** A span, so that the database's clock decides even when this machine's is wrong. */
export const secondsFrom = (now: Date, at: Date): number =>
  Math.max(0, (at.getTime() - now.getTime()) / 1000);

/** Milliseconds: the database's clock may wake an export a little early; to give up would cost another wake. */
export const maxEarly = 500;

const isDueAtOnce = ({ due }: ExportJob, now: Date): boolean =>
  due !== undefined && due.at.getTime() - now.getTime() <= maxEarly;

/** A job shows what has changed before it ends: it needs no safety net. */
const wakeFor = (
  comesBackBy: AdvanceOptions['comesBackBy'],
  job: ExportJob,
  effects: readonly Effect[],
  now: Date,
): Date | undefined => (comesBackBy === 'fileJob' ? job.due?.at : wakeAt(job, effects, now));

/** What happens directly after the commit is queued as well, a little later: the safety net. */
export function wakeAt(job: ExportJob, effects: readonly Effect[], now: Date): Date | undefined {
  const net = new Date(now.getTime() + safetyNet * 1000);
  const isSeenToHere = effects.some(({ kind }) => kind !== 'readContent');
  if (job.due === undefined) return isSeenToHere ? net : undefined;
  if (effects.some(({ kind }) => kind === 'startNow')) return net;
  return isSeenToHere && net < job.due.at ? net : job.due.at;
}
