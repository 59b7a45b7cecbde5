/** Decides events while Graph has a job that is not done: waiting and running. */
import { present } from '../present.ts';
import type { Due, ExportJob, Following } from './export-job.ts';
import type { ContentEventType, NewRunEventType, SignInAnswerType } from './export-event.ts';
import type { Moment, StateEvent, Transition } from './moves.ts';
import {
  askSignIn,
  dueIn,
  fail,
  follow,
  ignore,
  ignored,
  moved,
  showCards,
  stopWatching,
  troubleOver,
} from './moves.ts';
import { nextLook, parkFor, retryLater } from './look-again.ts';
import { becomeReady } from './while-ready.ts';
import { refusal } from './while-opening.ts';

export function whileFollowing(job: ExportJob, state: Following, event: StateEvent, at: Moment): Transition {
  const { graphJobId } = state;
  switch (event.type) {
    case 'stillWaiting':
      return follow(job, at, { status: 'waiting', graphJobId }, nextLook(job, at, event.retryAfter, false));
    case 'stillRunning': {
      const unknown = event.unknownStatus;
      const running: Following = { status: 'running', graphJobId, ...present({ graphStatus: unknown }) };
      return follow(job, at, running, nextLook(job, at, event.retryAfter, unknown !== undefined));
    }
    case 'exportSucceeded':
      return becomeReady(job, at, { graphJobId, expiresAt: event.expiresAt });
    case 'exportFailed':
      return fail(job, at, refusal({ ...event, reason: 'graphFailed' }));
    case 'exportJoined':
      return follow(job, at, { status: 'waiting', graphJobId: event.graphJobId }, 0, 'atOnce');
    case 'lookRequested':
      return lookNow(job, at);
    case 'jobMissing':
      return whenMissing(job, state, at);
    case 'graphRefused':
      return fail(job, at, refusal(event));
    case 'graphUnavailable':
      return retryLater(job, at, event.kind, event.retryAfter);
    case 'oddAnswer':
      return retryLater(job, at, 'oddAnswer');
    case 'signInRequired':
      return askSignIn(job, at, event);
    case 'watchStopped':
      return stopWatching(job, at, 'person');
    case 'operatorFault':
    case 'crashedTooOften':
    case 'followedTooLong':
      return parkFor(job, at, event);
    default:
      return ignore<
        | 'startDue'
        | 'exportAccepted'
        | 'exportReadyAtOnce'
        | 'pendingElsewhere'
        | 'outcomeUnknown'
        | ContentEventType
        | SignInAnswerType
        | NewRunEventType
      >(event);
  }
}

/** Seconds. */
const soonestLook = 10;
const missingJobSecondLook = 60;

/** A look before its time, but not one after the other, and never when Graph asked for patience. */
function lookNow(job: ExportJob, at: Moment): Transition {
  const { lookedAt, trouble } = job.contact;
  const tooSoon = lookedAt !== undefined && at.now.getTime() - lookedAt.getTime() < soonestLook * 1000;
  if (tooSoon || trouble?.kind === 'busy') return ignored;
  return moved(job, at, { state: job.state, due: dueIn(at, 0, 'poll') }, [{ kind: 'startNow' }]);
}

/** Gone only when it is still missing at the second look; a Refresh in between is no second look. */
function whenMissing(job: ExportJob, state: Following, at: Moment): Transition {
  const missingSince = state.missingSince ?? at.now;
  const secondLook = new Date(missingSince.getTime() + missingJobSecondLook * 1000);
  if (state.missingSince !== undefined && at.now >= secondLook) return fail(job, at, { reason: 'gone' });
  const due: Due = { at: secondLook, step: 'poll' };
  return moved(job, at, { state: { ...state, missingSince }, contact: troubleOver(job), due }, [showCards]);
}
