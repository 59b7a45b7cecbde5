/** Answers for the states in which nobody looks at Graph by itself: ready, failed, expired, stopped, parked. */
import type { ExportEvent, Effect } from './export-event.ts';
import type { Expired, ExportJob, Failed, Parked, Ready, Stopped } from './export-job.ts';
import type { Moment, Transition } from './moves.ts';
import { footingOf, goOn, ignored, keepJob, lookAgainForOperator, moved, startNewRun } from './moves.ts';
import { present } from '../present.ts';

const showCards: readonly Effect[] = [{ kind: 'showCards' }];

export function whileReady(job: ExportJob, state: Ready, event: ExportEvent, at: Moment): Transition {
  const due = job.due;
  switch (event.type) {
    case 'expiryReached':
    case 'contentGone':
      return expire(job, state, at);
    case 'downloaded':
      if (state.size === event.size) return ignored;
      return moved(job, at, { state: { ...state, size: event.size }, due }, showCards);
    case 'exportedAgain':
      return moved(job, at, { state: { ...state, exportedAgainAt: at.now }, due }, showCards);
    case 'signInRequired': {
      if (state.signInCause === event.cause && state.claims === event.claims) return ignored;
      const claims = present({ claims: event.claims });
      const asking: Ready = { ...withoutQuestion(state), signInCause: event.cause, ...claims };
      return moved(job, at, { state: asking, due }, [
        ...showCards,
        { kind: 'askSignIn', cause: event.cause, silent: event.cause === 'signIn', ...claims },
      ]);
    }
    case 'signedIn':
    case 'consentGranted':
      return dropQuestion(job, state, at);
    default:
      return ignored;
  }
}

/** Answered, or no longer wanted: the file is simply there again. */
export const dropQuestion = (job: ExportJob, state: Ready, at: Moment): Transition =>
  state.signInCause === undefined
    ? ignored
    : moved(job, at, { state: withoutQuestion(state), due: job.due }, showCards);

const withoutQuestion = ({ signInCause: _cause, claims: _claims, ...rest }: Ready): Ready => rest;

function expire(job: ExportJob, state: Ready, at: Moment): Transition {
  const { graphJobId, expiresAt = at.now } = state;
  // Graph may drop the content before the time it named.
  const expiredAt = expiresAt < at.now ? expiresAt : at.now;
  return moved(job, at, { state: { status: 'expired', graphJobId, expiredAt } }, showCards);
}

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
      return state.status === 'parked' ? stayParked(job, state, at) : ignored;
    default:
      return ignored;
  }
}

const stayParked = (job: ExportJob, state: Parked, at: Moment): Transition =>
  state.cause === 'operatorFault' ? moved(job, at, { state, due: lookAgainForOperator(at) }, []) : ignored;

const stopParked = (job: ExportJob, state: Parked, at: Moment): Transition =>
  moved(job, at, { state: { status: 'stopped', by: 'person', ...footingOf(state) } }, showCards);
