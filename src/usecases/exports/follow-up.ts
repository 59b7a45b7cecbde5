/** Carries an export on: takes it, does whatever is due, shows its cards, gives it back. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Effect, ExportEvent } from '../../domain/exports/export-event.ts';
import type { Due, DueStep, ExportJob } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { ExportSources } from '../../ports/export-source.ts';
import type { ClaimedExport, TakenExport } from '../../ports/export-jobs.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { UserTokens } from '../../ports/user-tokens.ts';
import { maxEarly, type Advance } from '../machine/advance.ts';
import type { BringUpToDate } from './bring-up-to-date.ts';
import { requeue } from './bring-up-to-date.ts';
import type { HoldWork, Tolerance } from '../machine/hold-work.ts';
import type { PollExport } from './poll-export.ts';
import { hasProved, settleQuietLook } from './quiet-look.ts';
import type { SettlePrompts } from '../sign-in/settle-prompts.ts';
import type { StartAtGraph } from './start-at-graph.ts';

export interface FollowUpDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly sources: Pick<ExportSources, 'of'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'random'>;
  readonly holdExport: HoldWork<string, ClaimedExport>;
  readonly advance: Advance;
  readonly startAtGraph: StartAtGraph;
  readonly pollExport: PollExport;
  readonly bringUpToDate: BringUpToDate;
  readonly settlePrompts: Pick<SettlePrompts, 'proved'>;
  readonly tokens: Pick<UserTokens, 'tokenFor' | 'isAppAccepted'>;
  /** How long one Graph job is followed before the export is parked. */
  readonly followDays: number;
}

/**
 * @param taken from the queue, which brings it back when this process dies before the work has ended
 * @param isShownBeside whoever begins it shows it as it was then
 * @returns `settled` when the queue has been told already that it has, and when it goes on
 */
export type FollowUp = (
  exportId: string,
  taken?: TakenExport,
  isShownBeside?: boolean,
) => Promise<'settled' | undefined>;

/** One that was merely at work beside it is blamed for three at most: after two it works among a few, and then alone. */
export const exportTolerance: Tolerance = { amongFewFrom: 2, aloneFrom: 3, notAtAllFrom: 5, maxWaiting: 20 };

/** The holder queues the next step; this makes up for it if the holder dies. */
const secondsUntilTakenAgain = 5;
const secondsUntilTurn = 2;
/** A start is followed by a first look at once; more steps in one go would be a loop. */
const maxStepsAtOnce = 4;

export function createFollowUp(deps: FollowUpDeps): FollowUp {
  return async function followUp(exportId, taken, isShownBeside = false) {
    const left = { done: {} as Done, isNothingNew: false, isSettled: false };
    const run: Parameters<typeof deps.holdExport>[1] = async (held) => {
      const { job, isShown, isPoison, holder, crashes, settledAhead, isExtended } = held;
      if (isPoison) {
        await deps.advance(exportId, { type: 'crashedTooOften' });
        return undefined;
      }
      const comesBackBy = taken === undefined ? 'net' : 'job';
      const isAhead = settledAhead !== undefined;
      const by = { comesBackBy, holder, isShown, isAhead, isExtended, wasLost: crashes > 0 } as const;
      const { done, isGivenBack, isSettled = false } = await doWhatIsDue(deps, job, by);
      left.done = done;
      left.isSettled = isSettled;
      const isSeenTo = isShown || isShownBeside;
      left.isNothingNew = isSeenTo && done.isScheduled === true && done.job?.version === job.version;
      return isGivenBack ? 'givenBack' : undefined;
    };
    const outcome = await deps.holdExport(exportId, run, taken);
    switch (outcome) {
      case 'elsewhere':
        await requeue(deps, exportId, secondsUntilTakenAgain);
        return undefined;
      case 'later':
        await requeue(deps, exportId, secondsUntilTurn);
        return undefined;
      case 'done':
        if (!left.isNothingNew) await deps.bringUpToDate(exportId, left.done);
        return left.isSettled ? 'settled' : undefined;
    }
  };
}

/** What the last step has left: the export as it then was, and whether it is queued for what is due next. */
type Done = NonNullable<Parameters<BringUpToDate>[1]>;

interface Worked {
  readonly done: Done;
  readonly isGivenBack: boolean;
  /** The queue knows when it goes on. */
  readonly isSettled?: boolean;
}

interface Holding {
  readonly comesBackBy: 'job' | 'net';
  readonly holder: string;
  readonly isShown: boolean;
  /** Its row says already when the next look is due. */
  readonly isAhead: boolean;
  readonly isExtended: () => boolean;
  /** Whoever had it before has not ended it. */
  readonly wasLost: boolean;
}

async function doWhatIsDue(
  deps: FollowUpDeps,
  first: ExportJob,
  { isShown, isAhead, isExtended, wasLost, ...by }: Holding,
): Promise<Worked> {
  // Its next look may have been set already when the one before it was lost.
  const isLost = ({ step }: Due): boolean => wasLost && step === 'poll';
  let job = first;
  let worked: Worked = { done: {}, isGivenBack: false };
  for (let step = 0; step < maxStepsAtOnce; step += 1) {
    if (job.due === undefined) return worked;
    // Once for each wake, which comes by the database's clock.
    const isOverdue =
      step === 0 && (isAhead || isLost(job.due) || isClockBehind(deps.clock.now(), job, job.due));
    if (!isOverdue && !(await hasCome(deps.clock, job.due.at))) return worked;
    const next = await nextEvent(deps, job);
    if (next === undefined) break;
    const { event, job: known } = next;
    const quiet =
      isShown && by.comesBackBy === 'job'
        ? await settleQuietLook(deps, {
            before: known,
            event,
            holder: by.holder,
            isSettled: isAhead && step === 0 && !isExtended(),
          })
        : undefined;
    if (quiet !== undefined)
      return { done: { job: quiet, isScheduled: true }, isGivenBack: true, isSettled: true };
    const advanced = await deps.advance(job.id, event, { leave: shownAtTheEnd, ...by, known });
    if (event.type === 'signInRequired' && event.quiet === true) await quietenOthers(deps, job, event);
    // Another export of the target is open: this one looks again when the operator's pause is over.
    if (advanced.kind === 'alreadyOpen') await deps.advance(job.id, { type: 'operatorFault' });
    if (advanced.kind === 'moved' && hasProved(job, advanced.job))
      await deps.settlePrompts.proved(job.requester);
    if (advanced.kind !== 'moved') break;
    job = advanced.job;
    const { isGivenBack, isQueuedForDue: isScheduled } = advanced;
    worked = { done: { job, isScheduled }, isGivenBack };
    if (isGivenBack) return worked;
  }
  return { done: {}, isGivenBack: false };
}

/** The account is gone: none of the person's exports is to ask anybody. */
async function quietenOthers(
  { stores, advance }: FollowUpDeps,
  { id, requester }: ExportJob,
  event: ExportEvent,
): Promise<void> {
  for (const other of await stores.exports.openOf(requester))
    if (other.id !== id) await advance(other.id, event);
}

async function hasCome(clock: Clock, at: Date): Promise<boolean> {
  const early = at.getTime() - clock.now().getTime();
  if (early > 0 && early <= maxEarly) await pause(early);
  return early <= maxEarly;
}

/** Milliseconds that the clocks of two instances may differ. */
const clockTolerance = 5_000;
const soonSteps: ReadonlySet<DueStep> = new Set(['start', 'poll', 'resume']);

/**
 * The last look lies in the future: our clock was set back, or another instance's is ahead. The queue has waited by the
 * database's clock already, so the step is done now.
 */
const isClockBehind = (now: Date, { contact, since }: ExportJob, { step }: Due): boolean =>
  soonSteps.has(step) && (contact.lookedAt ?? since).getTime() - now.getTime() > clockTolerance;

/** States that pass within a moment are not shown one by one. */
const shownAtTheEnd: readonly Effect['kind'][] = ['startNow', 'showCards', 'notifyRequester'];

interface Next {
  readonly event: ExportEvent;
  /** As the event finds it. */
  readonly job: ExportJob;
}

async function nextEvent(deps: FollowUpDeps, job: ExportJob): Promise<Next | undefined> {
  switch (job.due?.step) {
    case 'start':
      return job.state.status === 'starting' && isFollowedTooLong(deps, job)
        ? { event: { type: 'followedTooLong' }, job }
        : deps.startAtGraph(job);
    case 'poll':
      if (isFollowedTooLong(deps, job)) return { event: { type: 'followedTooLong' }, job };
      return job.state.status === 'waiting' || job.state.status === 'running'
        ? { event: await deps.pollExport(job, job.state), job }
        : undefined;
    case 'abandonSignIn':
      return { event: { type: 'signInAbandoned' }, job };
    case 'expire':
      return { event: { type: 'expiryReached' }, job };
    case 'resume':
      return { event: await afterOperatorFault(deps, job), job };
    case undefined:
      return undefined;
  }
}

const isFollowedTooLong = ({ clock, followDays }: FollowUpDeps, { contact, since }: ExportJob): boolean =>
  clock.now().getTime() - (contact.followedSince ?? since).getTime() > followDays * 24 * 3600_000;

/** Goes on once a token succeeds, the app's own if the person has none; until then nothing changes that anybody could see. */
async function afterOperatorFault(
  deps: FollowUpDeps,
  { requester, target }: ExportJob,
): Promise<ExportEvent> {
  const token = await deps.tokens.tokenFor(requester, { scopes: deps.sources.of(target).scopes });
  switch (token.kind) {
    case 'unavailable':
      return { type: 'operatorFault', ...present({ retryAfter: token.retryAfter }) };
    case 'signInRequired':
      return {
        type: (await deps.tokens.isAppAccepted(requester.tenantId)) ? 'resumed' : 'operatorFault',
      };
    case 'operatorFault':
      return { type: 'operatorFault' };
    case 'token':
    case 'userGone':
      return { type: 'resumed' };
  }
}
