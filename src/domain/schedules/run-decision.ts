/** Decides what comes of a run of a schedule, from how its export stands and what was read. */
import { isOpen, type ExportJob } from '../exports/export-job.ts';
import { isUnchanged, type OkrChanges } from '../okrs/changes/okr-changes.ts';
import type { OkrSummary } from '../okrs/reading/okr-summary.ts';
import type { Condition } from './schedule.ts';

interface Read {
  readonly summary: OkrSummary;
  readonly changes?: OkrChanges;
}

export type RunDecision =
  /** Look again. */
  | 'underWay'
  | 'waitingForSignIn'
  | 'post'
  | 'notMet'
  | 'failed'
  /** Its person has stopped the export: there is nothing to tell. */
  | 'stopped'
  /** Nothing but a change of theirs lets the next run do better. */
  | 'noAccess'
  | 'retired';

/** @param reading what the file says, where it was read */
export function decideRun(job: ExportJob, condition: Condition, reading: Read | undefined): RunDecision {
  const { state } = job;
  if (state.status === 'waitingForSignIn') return 'waitingForSignIn';
  if (isOpen(job)) return 'underWay';
  switch (state.status) {
    case 'ready':
      if (state.signInCause !== undefined && state.reading?.kind === 'underWay') return 'waitingForSignIn';
      if (state.reading?.kind === 'underWay') return 'underWay';
      return isMet(condition, reading) ? 'post' : 'notMet';
    case 'failed':
      return state.reason === 'noAccess' || state.reason === 'retired' ? state.reason : 'failed';
    case 'stopped':
      return state.by === 'person' ? 'stopped' : 'failed';
    default:
      return 'failed';
  }
}

/** What is not known is not taken for "no". */
function isMet(condition: Condition, reading: Read | undefined): boolean {
  if (condition === 'always' || reading === undefined) return true;
  if (condition === 'ifChanged') return reading.changes === undefined || !isUnchanged(reading.changes);
  return isAtRiskOrLate(reading.summary);
}

const worrying: ReadonlySet<string> = new Set(['At Risk', 'Behind']);

function isAtRiskOrLate({ objectives, keyResults, others, overdue }: OkrSummary): boolean {
  const levels = [objectives, keyResults, others];
  const isWorrying = levels.some(({ byStatus }) =>
    byStatus.some(({ status, count }) => worrying.has(status) && count > 0),
  );
  return isWorrying || overdue === undefined || overdue > 0 || levels.some(({ unread = 0 }) => unread > 0);
}
