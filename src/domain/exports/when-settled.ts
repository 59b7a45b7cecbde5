/** Answers for the states in which nobody looks at Graph by itself: failed, expired, stopped, parked. */
import type { ExportEvent, Effect } from './export-event.ts';
import type { Expired, ExportJob, Failed, Parked, Stopped } from './export-job.ts';
import type { Moment, Transition } from './moves.ts';
import { dueIn, footingOf, goOn, ignored, keepJob, moved, startNewRun } from './moves.ts';
import { lookAgainForOperator } from './parking.ts';

const showCards: readonly Effect[] = [{ kind: 'showCards' }];

export function whenEnded(
  job: ExportJob,
  _state: Failed | Expired,
  event: ExportEvent,
  at: Moment,
): Transition {
  return event.type === 'retried' ? startNewRun(job, at) : ignored;
}

export function whenStoppedOrParked(
  job: ExportJob,
  state: Stopped | Parked,
  event: ExportEvent,
  at: Moment,
): Transition {
  switch (event.type) {
    case 'resumed':
      return goOn(job, at, footingOf(state));
    case 'watchStopped':
      return state.status === 'parked' ? stopParked(job, state, at) : ignored;
    case 'exportAccepted':
    case 'exportJoined':
      return keepJob(job, at, event);
    case 'operatorFault':
      return state.status === 'parked' ? stayParked(job, state, at, event.retryAfter) : ignored;
    default:
      return ignored;
  }
}

function stayParked(job: ExportJob, state: Parked, at: Moment, retryAfter?: number): Transition {
  if (state.cause !== 'operatorFault') return ignored;
  const due =
    retryAfter === undefined ? lookAgainForOperator(at, job.contact) : dueIn(at, retryAfter, 'resume');
  return moved(job, at, { state, due }, []);
}

const stopParked = (job: ExportJob, state: Parked, at: Moment): Transition =>
  moved(job, at, { state: { status: 'stopped', by: 'person', ...footingOf(state) } }, showCards);
