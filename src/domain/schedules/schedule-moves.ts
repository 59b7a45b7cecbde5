/** Moves a schedule on: a run that is due begins, a run ends, somebody pauses, resumes, extends or ends it. Pure. */
import { present } from '../present.ts';
import { endOfDay, dayIn, monthsLater, nextRun } from './next-run.ts';
import type { EndCause, PauseCause, Run, RunOutcome, Schedule } from './schedule.ts';

/** Runs in a row; then it is paused. */
const maxFailures = 3;
export const usualMonths = 3;

export const isUnderWay = (run: Run | undefined): run is Run =>
  run?.outcome === 'underWay' || run?.outcome === 'waitingForSignIn';

/**
 * The run that is due begins, and the next one is after now: however many were missed, one is made up. One that still waits for a
 * sign-in is left out, which may pause the schedule. Undefined when that run has begun, or is not to begin any more.
 */
export function beginDueRun(schedule: Schedule, dueAt: Date, now: Date): Schedule | undefined {
  const { state, lastRun } = schedule;
  if (state.kind !== 'active' || state.nextAt?.getTime() !== dueAt.getTime()) return undefined;
  const left = lastRun?.outcome === 'waitingForSignIn' ? endRun(schedule, lastRun, 'skipped', now) : schedule;
  if (left.state.kind !== 'active') return left;
  // The queue's clock may be a little ahead of ours.
  const after = now > dueAt ? now : dueAt;
  return { ...goOn(left, after), lastRun: { dueAt, begunAt: now, outcome: 'underWay' } };
}

export const beginByHand = (schedule: Schedule, now: Date): Schedule => ({
  ...schedule,
  lastRun: { dueAt: now, begunAt: now, outcome: 'underWay', byHand: true },
});

const goOn = (schedule: Schedule, now: Date): Schedule => ({
  ...schedule,
  state: { kind: 'active', ...present({ nextAt: nextRun(schedule.timing, schedule.zone, now) }) },
});

export function endRun(schedule: Schedule, run: Run, outcome: RunOutcome, now: Date): Schedule {
  const ended = { ...schedule, lastRun: { ...run, outcome } };
  if (outcome === 'posted' || outcome === 'notMet') return { ...ended, failures: 0 };
  if (outcome !== 'failed' && outcome !== 'skipped') return ended;
  const failures = schedule.failures + 1;
  const counted = { ...ended, failures };
  return failures >= maxFailures
    ? pauseSchedule(counted, outcome === 'skipped' ? 'signedOut' : 'failures', now)
    : counted;
}

export const pauseSchedule = (schedule: Schedule, why: PauseCause, now: Date): Schedule =>
  schedule.state.kind === 'active' ? { ...schedule, state: { kind: 'paused', why, since: now } } : schedule;

/** Undefined when its last day is over. */
export function resumeSchedule(schedule: Schedule, now: Date): Schedule | undefined {
  if (schedule.state.kind !== 'paused') return schedule;
  const nextAt = nextRun(schedule.timing, schedule.zone, now);
  return nextAt === undefined ? undefined : { ...schedule, failures: 0, state: { kind: 'active', nextAt } };
}

export const endSchedule = (schedule: Schedule, why: EndCause, now: Date): Schedule =>
  schedule.state.kind === 'ended' ? schedule : { ...schedule, state: { kind: 'ended', why, since: now } };

/** Its owner lets everybody there see it, from now on. Undefined when its last day is over before its first run. */
export function acceptSchedule(schedule: Schedule, now: Date): Schedule | undefined {
  const nextAt = nextRun(schedule.timing, schedule.zone, now);
  return nextAt === undefined ? undefined : { ...schedule, madeAt: now, state: { kind: 'active', nextAt } };
}

/** So many months after its last day, or after today where that is over. */
export function extendSchedule(schedule: Schedule, now: Date): Schedule {
  const today = dayIn(schedule.zone, now);
  const from = schedule.timing.until > today ? schedule.timing.until : today;
  const until = monthsLater(from, usualMonths);
  const later = { ...schedule, timing: { ...schedule.timing, until }, until: endOfDay(until, schedule.zone) };
  return later.state.kind === 'active' ? goOn(later, now) : later;
}
