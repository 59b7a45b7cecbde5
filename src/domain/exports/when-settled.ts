/** Decides events while nobody looks at Graph: failed, expired, stopped, parked. */
import type { Expired, ExportJob, Failed, Parked, Stopped } from './export-job.ts';
import type {
  ContentEventType,
  LookEventType,
  ParkingEventType,
  RefusalEventType,
  SignInAnswerType,
  StartEventType,
} from './export-event.ts';
import type { Moment, StateEvent, Transition } from './moves.ts';
import { dueIn, footingOf, goOn, ignore, ignored, keepJob, moved, showCards, startNewRun } from './moves.ts';
import { lookAgainForOperator } from './look-again.ts';

export function whenEnded(
  job: ExportJob,
  _state: Failed | Expired,
  event: StateEvent,
  at: Moment,
): Transition {
  switch (event.type) {
    case 'retried':
      return startNewRun(job, at);
    default:
      return ignore<
        | 'startDue'
        | 'signInRequired'
        | 'watchStopped'
        | 'resumed'
        | ContentEventType
        | LookEventType
        | StartEventType
        | RefusalEventType
        | SignInAnswerType
        | ParkingEventType
      >(event);
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
    default:
      return ignore<
        | 'startDue'
        | 'signInRequired'
        | 'exportReadyAtOnce'
        | 'pendingElsewhere'
        | 'outcomeUnknown'
        | 'retried'
        | 'crashedTooOften'
        | 'followedTooLong'
        | ContentEventType
        | LookEventType
        | RefusalEventType
        | SignInAnswerType
      >(event);
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
