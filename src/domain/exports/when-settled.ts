/** Decides events while nobody looks at Graph: failed, expired, stopped, parked. */
import type { Expired, ExportJob, Failed, Parked, Stopped } from './export-job.ts';
import type { Moment, StateEvent, Transition } from './moves.ts';
import { dueIn, footingOf, goOn, ignored, keepJob, moved, showCards, startNewRun } from './moves.ts';
import { lookAgainForOperator } from './retry-or-park.ts';

export function whenEnded(
  job: ExportJob,
  _state: Failed | Expired,
  event: StateEvent,
  at: Moment,
): Transition {
  switch (event.type) {
    case 'retried':
      return startNewRun(job, at);
    case 'startDue':
    case 'signInRequired':
    case 'signedIn':
    case 'consentGranted':
    case 'signInAbandoned':
    case 'watchStopped':
    case 'exportAccepted':
    case 'exportJoined':
    case 'pendingElsewhere':
    case 'outcomeUnknown':
    case 'graphRefused':
    case 'graphUnavailable':
    case 'stillWaiting':
    case 'stillRunning':
    case 'exportSucceeded':
    case 'exportFailed':
    case 'lookRequested':
    case 'jobMissing':
    case 'contentGone':
    case 'downloaded':
    case 'contentRead':
    case 'contentUnread':
    case 'readingDelayed':
    case 'readingWished':
    case 'expiryReached':
    case 'exportedAgain':
    case 'resumed':
    case 'oddAnswer':
    case 'operatorFault':
    case 'crashedTooOften':
    case 'followedTooLong':
      return ignored;
  }
}

export function whenStoppedOrParked(
  job: ExportJob,
  state: Stopped | Parked,
  event: StateEvent,
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
    case 'startDue':
    case 'signInRequired':
    case 'signedIn':
    case 'consentGranted':
    case 'signInAbandoned':
    case 'pendingElsewhere':
    case 'outcomeUnknown':
    case 'graphRefused':
    case 'graphUnavailable':
    case 'stillWaiting':
    case 'stillRunning':
    case 'exportSucceeded':
    case 'exportFailed':
    case 'lookRequested':
    case 'jobMissing':
    case 'contentGone':
    case 'downloaded':
    case 'contentRead':
    case 'contentUnread':
    case 'readingDelayed':
    case 'readingWished':
    case 'expiryReached':
    case 'exportedAgain':
    case 'retried':
    case 'oddAnswer':
    case 'crashedTooOften':
    case 'followedTooLong':
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
  moved(job, at, { state: { status: 'stopped', by: 'person', ...footingOf(state) } }, [showCards]);
