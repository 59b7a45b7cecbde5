/** Decides events before Graph has a job: requested, waiting for a sign-in, starting. */
import { present } from '../present.ts';
import type { ExportJob, ExportState, Failed, Starting, WaitingForSignIn } from './export-job.ts';
import { noContact } from './export-job.ts';
import type {
  ContentEventType,
  LookEventType,
  NewRunEventType,
  RefusalEventType,
  SignInAnswerType,
  StartEventType,
} from './export-event.ts';
import type { EventOf, Moment, StateEvent, Transition } from './moves.ts';
import {
  askSignIn,
  dueIn,
  fail,
  follow,
  footingOf,
  goOn,
  ignore,
  ignored,
  isJoining,
  keepJob,
  moved,
  showCards,
  stopWatching,
  troubleOver,
} from './moves.ts';
import { nextLook, parkFor, retryLater } from './look-again.ts';
import { becomeReady } from './while-ready.ts';

/** After a crash the outcome of a POST is looked for then; while it is out, the claim on the export keeps everybody away. */
const postLease = 15;
/** Seconds until somebody else's job is looked for again. */
const elsewhereSecondLook = 60;

export function whileRequested(
  job: ExportJob,
  _state: Extract<ExportState, { status: 'requested' }>,
  event: StateEvent,
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
      return ignore<
        | 'graphRefused'
        | 'oddAnswer'
        | 'followedTooLong'
        | ContentEventType
        | LookEventType
        | StartEventType
        | SignInAnswerType
        | NewRunEventType
      >(event);
  }
}

export function whileStarting(job: ExportJob, state: Starting, event: StateEvent, at: Moment): Transition {
  const withOutcome = (outcomeUnknown: boolean): ExportJob => ({
    ...job,
    state: { ...state, outcomeUnknown },
  });
  switch (event.type) {
    case 'startDue':
      return beginPost(job, at);
    case 'exportAccepted':
      return event.underWay === undefined
        ? followNow(job, at, event.graphJobId, false)
        : followSeen(job, at, event.graphJobId, event.underWay.retryAfter);
    case 'exportJoined':
      return followNow(job, at, event.graphJobId, isJoining(event) || job.joined);
    case 'exportReadyAtOnce':
      return becomeReady(job, at, {
        contact: noContact,
        ...present({ title: event.title, place: event.place }),
      });
    case 'pendingElsewhere':
      return waitForElsewhere(job, at);
    case 'outcomeUnknown':
      return retryLater(withOutcome(true), at, 'unreachable', event.retryAfter);
    case 'graphUnavailable':
      return retryLater(event.notPosted ? withOutcome(false) : job, at, event.kind, event.retryAfter);
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
      return ignore<ContentEventType | LookEventType | SignInAnswerType | NewRunEventType>(event);
  }
}

export function whileWaitingForSignIn(
  job: ExportJob,
  state: WaitingForSignIn,
  event: StateEvent,
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
      return ignore<
        | 'startDue'
        | 'exportReadyAtOnce'
        | 'pendingElsewhere'
        | 'outcomeUnknown'
        | 'crashedTooOften'
        | 'followedTooLong'
        | ContentEventType
        | LookEventType
        | RefusalEventType
        | NewRunEventType
      >(event);
  }
}

/** Committed before the POST leaves, so that whoever finds it after a crash lists first. Its answer is shown. */
const beginPost = (job: ExportJob, at: Moment): Transition =>
  moved(
    job,
    at,
    { state: { status: 'starting', outcomeUnknown: true }, due: dueIn(at, postLease, 'start') },
    [],
  );

const followNow = (job: ExportJob, at: Moment, graphJobId: string, joined: boolean): Transition =>
  follow({ ...job, joined }, at, { status: 'waiting', graphJobId }, 0, 'atOnce');

/** Seconds. Nothing has ended sooner, and what ends soon is shown soon. */
const firstLook = 1;

/** Graph has said how far it is: another look at once would find nothing new. */
const followSeen = (
  job: ExportJob,
  at: Moment,
  graphJobId: string,
  retryAfter: number | undefined,
): Transition => {
  const [begun, state] = [{ ...job, joined: false }, { status: 'waiting', graphJobId } as const];
  return retryAfter === undefined
    ? follow(begun, at, { ...state, isUnshown: true }, firstLook, 'soon')
    : follow(begun, at, state, nextLook(job, at, retryAfter, false));
};

/** Wait for somebody else's job to end, then post our own. */
const waitForElsewhere = (job: ExportJob, at: Moment): Transition =>
  moved(
    job,
    at,
    {
      state: { status: 'starting', outcomeUnknown: false, pendingElsewhere: true },
      contact: troubleOver(job),
      due: dueIn(at, elsewhereSecondLook, 'start'),
    },
    [showCards],
  );

export const refusal = (event: Omit<EventOf<'graphRefused'>, 'type'>): Omit<Failed, 'status'> => ({
  reason: event.reason,
  ...present({ requestId: event.requestId, message: event.message }),
});
