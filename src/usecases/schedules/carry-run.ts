/** Carries a run on until its export has ended, and then posts it, notes that its condition is not met, or counts a failure. */
import { noticeKey } from '../../domain/exports/notice-due.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { decideRun, type RunDecision } from '../../domain/schedules/run-decision.ts';
import { endRun, endSchedule, isUnderWay, pauseSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Run, RunOutcome, Schedule } from '../../domain/schedules/schedule.ts';
import type { Reading } from '../../ports/readings.ts';
import type { FindMember } from '../../ports/messenger.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { placeCard } from '../cards/card-places.ts';
import type { Act } from '../exports/engine.ts';
import { wakeAt, type Advance } from '../machine/advance.ts';
import { day } from '../machine/limits.ts';
import { questionOf, type AskSignIn } from '../sign-in/ask-sign-in.ts';
import { changeRun } from './change-run.ts';
import { ownerChatOf, queueTelling, tellEnded } from './queue-schedule.ts';

export interface CarryRunDeps {
  readonly stores: Pick<Stores, 'schedules' | 'exports' | 'readings' | 'cards'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Log;
  readonly act: Act;
  readonly advance: Advance;
  readonly askSignIn: Pick<AskSignIn, 'inConversation'>;
  readonly findMember: FindMember;
}

type Task = Extract<QueuedTask, { readonly kind: 'carryRun' }>;

/** Resolves with the seconds after which to look again, if its export has not ended. */
export type CarryRun = (task: Task) => Promise<number | undefined>;

interface Carried {
  readonly schedule: Schedule;
  readonly run: Run;
  readonly job?: ExportJob;
  readonly reading?: Reading;
}

export function createCarryRun(deps: CarryRunDeps): CarryRun {
  return async function carryRun(task) {
    const schedule = await deps.stores.schedules.load(task.scheduleId);
    const run = schedule?.lastRun;
    if (schedule === undefined || !isOf(run, task)) return undefined;
    const job = run.exportId === undefined ? undefined : await deps.stores.exports.load(run.exportId);
    const reading = job && (await deps.stores.readings.find(job.requester, { kind: 'export', id: job.id }));
    const carried = { schedule, run, ...present({ job, reading }) };
    const condition = run.byHand === true ? 'always' : schedule.timing.condition;
    const decision = job === undefined ? 'failed' : decideRun(job, condition, reading);
    if (decision === 'underWay') return pauseOf(deps, run);
    if (decision === 'waitingForSignIn') return wait(deps, carried);
    if (decision === 'post' && schedule.audience === 'everybody') {
      const standing = await deps.findMember(schedule.conversation, schedule.owner);
      if (standing === 'unknown') return waitForTeams(deps, carried);
      if (standing === 'gone') {
        await stop(deps, schedule, run, 'ownerLeft');
        return undefined;
      }
    }
    await settle(deps, carried, decision);
    return undefined;
  };
}

const isOf = (run: Run | undefined, { dueAt }: Task): run is Run =>
  isUnderWay(run) && run.dueAt.getTime() === new Date(dueAt).getTime();

/** Seconds: half as long again as it has taken. */
function pauseOf({ clock }: CarryRunDeps, { begunAt }: Run): number {
  const age = (clock.now().getTime() - begunAt.getTime()) / 1000;
  return Math.min(60, Math.max(5, age / 2));
}

/** Where the bot is not any more nobody will ever say: after a day the run has failed. */
async function waitForTeams(deps: CarryRunDeps, carried: Carried): Promise<number | undefined> {
  const { run } = carried;
  if (deps.clock.now().getTime() < run.begunAt.getTime() + day) return pauseOf(deps, run);
  await settle(deps, carried, 'failed');
  return undefined;
}

const secondsBetweenLooks = 3600;

/** Its owner is asked once, and has a day to answer; whoever signs in wakes it. */
async function wait(deps: CarryRunDeps, { schedule, run, job }: Carried): Promise<number | undefined> {
  const now = deps.clock.now();
  const { askedAt = now } = run;
  const left = askedAt.getTime() + day - now.getTime();
  if (left <= 0) {
    await skip(deps, schedule, run, job);
    return undefined;
  }
  if (run.outcome !== 'waitingForSignIn') {
    // Before anybody is asked: whoever answers wakes what is known to wait.
    await changeRun(deps, schedule.id, run, (found) => ({
      ...found,
      lastRun: { ...run, outcome: 'waitingForSignIn', askedAt },
    }));
  }
  const question = job && questionOf(job);
  const isQuiet = job?.state.status === 'waitingForSignIn' && job.state.quiet === true;
  let again: number | undefined;
  if (question !== undefined && !isQuiet) {
    const home = await ownerChatOf(deps.stores, schedule);
    again = await deps.askSignIn.inConversation(schedule.owner, home, question);
  }
  // What woke it meanwhile would be put off by the long pause.
  if (job !== undefined && (await hasGoneOn(deps, job))) return pauseOf(deps, run);
  // Ever more seldom, where nobody knows whether the question has arrived.
  const pause = again === undefined ? secondsBetweenLooks : Math.max(again, pauseOf(deps, run));
  return Math.min(pause, Math.ceil(left / 1000));
}

/** Its owner has signed in since it was read. */
async function hasGoneOn({ stores }: CarryRunDeps, { id }: ExportJob): Promise<boolean> {
  const job = await stores.exports.load(id);
  return job !== undefined && decideRun(job, 'always', undefined) !== 'waitingForSignIn';
}

/** What waits for nobody any more is not made later; where others follow the export it goes on. */
async function skip(deps: CarryRunDeps, schedule: Schedule, run: Run, job?: ExportJob): Promise<void> {
  if (job !== undefined && (await deps.stores.cards.of({ kind: 'export', id: job.id })).length === 0)
    await deps.advance(job.id, { type: 'watchStopped' });
  await end(deps, schedule, run, 'skipped');
}

async function settle(
  deps: CarryRunDeps,
  { schedule, run, job, reading }: Carried,
  decision: Exclude<RunDecision, 'underWay' | 'waitingForSignIn'>,
): Promise<void> {
  switch (decision) {
    case 'post':
      // What was not read is nothing that everybody there could be shown.
      if (job === undefined || (reading === undefined && schedule.audience === 'everybody'))
        return end(deps, schedule, run, 'failed');
      return post(deps, schedule, run, job, { outcome: 'posted', ...present({ reading }) });
    case 'notMet':
      return end(deps, schedule, run, 'notMet');
    case 'stopped':
      return end(deps, schedule, run, 'skipped', 'quiet');
    case 'noAccess':
    case 'retired':
      return stop(deps, schedule, run, decision);
    case 'failed':
      // Its card says why, where its owner alone reads it.
      if (job !== undefined && schedule.audience === 'owner' && !isLastTry(deps, schedule, run))
        return post(deps, schedule, run, job, { outcome: 'failed' });
      return end(deps, schedule, run, 'failed');
  }
}

const isLastTry = ({ clock }: CarryRunDeps, schedule: Schedule, run: Run): boolean =>
  endRun(schedule, run, 'failed', clock.now()).state.kind === 'paused';

/** The card, or what is to be shared, and that it was posted: kept together. */
async function post(
  deps: CarryRunDeps,
  { id, audience, conversation }: Schedule,
  run: Run,
  job: ExportJob,
  { outcome, reading }: { readonly outcome: 'posted' | 'failed'; readonly reading?: Reading },
): Promise<void> {
  const isOwners = audience === 'owner';
  const posted = await changeRun(
    deps,
    id,
    run,
    (found) => endRun(found, run, outcome, deps.clock.now()),
    async (stores) => {
      const now = deps.clock.now();
      if (isOwners) return placeAlone(deps, stores, job, conversation, now);
      if (reading === undefined) return;
      const claim = `shared ${reading.asOf.toISOString()} ${conversation.conversationId}`;
      if (await stores.notices.claim(job.id, claim))
        await stores.queue.scheduleTask(
          { kind: 'share', exportId: job.id, conversation, claim, scheduleId: id },
          now,
        );
    },
  );
  if (posted && isOwners) deps.act(job, [{ kind: 'showCards' }]);
}

/** One message a run: the notice beside the card counts as given. */
async function placeAlone(
  deps: CarryRunDeps,
  stores: Stores,
  job: ExportJob,
  conversation: Schedule['conversation'],
  now: Date,
): Promise<void> {
  await placeCard({ ...deps, cards: stores.cards }, { exportId: job.id, conversation });
  await stores.notices.claim(job.id, noticeKey(job));
  const wake = wakeAt(job, [{ kind: 'showCards' }], now);
  if (wake !== undefined) await stores.queue.schedule(job.id, wake);
}

async function end(
  deps: CarryRunDeps,
  { id }: Schedule,
  run: Run,
  outcome: RunOutcome,
  how: 'told' | 'quiet' = 'told',
): Promise<void> {
  const now = deps.clock.now();
  await changeRun(
    deps,
    id,
    run,
    (found) =>
      how === 'quiet' ? { ...found, lastRun: { ...run, outcome } } : endRun(found, run, outcome, now),
    (stores, before, after) =>
      how === 'quiet' ? Promise.resolve() : tellEnded(stores, before, after, run, outcome, now),
  );
}

/** A subscription ends when its owner may not see it any more; anything else waits until its owner resumes it. */
async function stop(
  deps: CarryRunDeps,
  { id }: Schedule,
  run: Run,
  why: 'noAccess' | 'retired' | 'ownerLeft',
): Promise<void> {
  const now = deps.clock.now();
  await changeRun(
    deps,
    id,
    run,
    (found) => {
      const failed = { ...found, lastRun: { ...run, outcome: 'failed' as const } };
      if (why === 'ownerLeft') return endSchedule(failed, why, now);
      return found.audience === 'everybody' && why === 'noAccess'
        ? endSchedule(failed, why, now)
        : pauseSchedule(failed, why, now);
    },
    async (stores, _before, { state, ...after }) => {
      const said = { key: `${state.kind} ${run.dueAt.toISOString()}`, now };
      const schedule = { ...after, state };
      if (state.kind === 'paused')
        await queueTelling(stores, schedule, { what: 'paused', why: state.why }, said);
      if (state.kind === 'ended')
        await queueTelling(stores, schedule, { what: 'ended', why: state.why }, said);
    },
  );
}
