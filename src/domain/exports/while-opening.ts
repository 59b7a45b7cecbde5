/** Answers for the states before Graph has a job: requested, waiting for a sign-in, starting. */
import type { ExportEvent } from './export-event.ts';
import type { ExportJob, ExportState, Failed, Starting, WaitingForSignIn } from './export-job.ts';
import { retryLater, waitForElsewhere } from './retry-or-park.ts';
import type { EventOf, Moment, Transition } from './moves.ts';
import {
  askSignIn,
  dueIn,
  fail,
  follow,
  footingOf,
  goOn,
  ignored,
  isJoining,
  keepJob,
  moved,
  stopWatching,
} from './moves.ts';
import { parkFor } from './parking.ts';
import { present } from '../present.ts';

/** After a crash the outcome of a POST is looked for then; while it is out, the claim on the export keeps everybody away. */
const postLease = 15;

export function whileRequested(
  job: ExportJob,
  _state: Extract<ExportState, { status: 'requested' }>,
  event: ExportEvent,
  at: Moment,
): Transition {
  switch (event.type) {
    case 'startDue':
      return beginPost(job, at);
    case 'signInRequired':
      return askSignIn(job, at, event);
    case 'watchStopped':
      return stopWatching(job, at, 'person');
    case 'graphUnavailable':
      return retryLater(job, at, event.kind, event.retryAfter);
    case 'operatorFault':
    case 'crashedTooOften':
      return parkFor(job, at, event);
    default:
      return ignored;
  }
}

export function whileStarting(job: ExportJob, state: Starting, event: ExportEvent, at: Moment): Transition {
  switch (event.type) {
    case 'startDue':
      return beginPost(job, at);
    case 'exportAccepted':
      return follow(
        { ...job, joined: false },
        at,
        { status: 'waiting', graphJobId: event.graphJobId },
        0,
        true,
      );
    case 'exportJoined': {
      const joined = isJoining(event) || job.joined;
      return follow({ ...job, joined }, at, { status: 'waiting', graphJobId: event.graphJobId }, 0, true);
    }
    case 'pendingElsewhere':
      return waitForElsewhere(job, at);
    case 'outcomeUnknown':
      return retryLater(
        { ...job, state: { ...state, outcomeUnknown: true } },
        at,
        'unreachable',
        event.retryAfter,
      );
    case 'graphUnavailable':
      return retryLater(
        event.notPosted ? { ...job, state: { ...state, outcomeUnknown: false } } : job,
        at,
        event.kind,
        event.retryAfter,
      );
    case 'oddAnswer':
      return retryLater(job, at, 'oddAnswer');
    case 'graphRefused':
      return fail(job, at, refusal(event));
    case 'signInRequired':
      return askSignIn(job, at, event);
    case 'watchStopped':
      return stopWatching(job, at, 'person');
    case 'operatorFault':
    case 'crashedTooOften':
    case 'followedTooLong':
      return parkFor(job, at, event);
    default:
      return ignored;
  }
}

export function whileWaitingForSignIn(
  job: ExportJob,
  state: WaitingForSignIn,
  event: ExportEvent,
  at: Moment,
): Transition {
  switch (event.type) {
    case 'signedIn':
    case 'consentGranted':
      return goOn(job, at, footingOf(state), event.type);
    case 'signInRequired':
      // The same question again (a second poll, a second card) changes nothing; a new cause or new claims do.
      if (event.quiet === true && state.quiet !== true) return askSignIn(job, at, event);
      return event.cause === state.cause && event.claims === state.claims
        ? ignored
        : askSignIn(job, at, event);
    case 'exportAccepted':
    case 'exportJoined':
      return keepJob(job, at, event);
    case 'signInAbandoned':
      return stopWatching(job, at, 'noSignIn');
    case 'watchStopped':
      return stopWatching(job, at, 'person');
    case 'operatorFault':
      return parkFor(job, at, event);
    default:
      return ignored;
  }
}

/** Committed before the POST leaves, so that whoever finds it after a crash lists first. */
const beginPost = (job: ExportJob, at: Moment): Transition =>
  moved(
    job,
    at,
    { state: { status: 'starting', outcomeUnknown: true }, due: dueIn(at, postLease, 'start') },
    [{ kind: 'showCards' }],
  );

export const refusal = (event: Omit<EventOf<'graphRefused'>, 'type'>): Omit<Failed, 'status'> => ({
  reason: event.reason,
  ...present({ requestId: event.requestId, message: event.message }),
});
