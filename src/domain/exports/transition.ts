/** Decides what one event makes of one export: the state machine, a pure function of every (status, event) pair. */
import type { ExportEvent } from './export-event.ts';
import type { ExportJob, ExportState, ExportStatus } from './export-job.ts';
import { isOpen } from './export-job.ts';
import type { Moment, StateEvent, Transition } from './moves.ts';
import { askSignIn, ignored, moved, showCards } from './moves.ts';
import { whenEnded, whenStoppedOrParked } from './when-settled.ts';
import { whileFollowing } from './while-following.ts';
import { dropQuestion, whileReady } from './while-ready.ts';
import { whileRequested, whileStarting, whileWaitingForSignIn } from './while-opening.ts';

type Decide<S extends ExportStatus> = (
  job: ExportJob,
  state: Extract<ExportState, { status: S }>,
  event: StateEvent,
  at: Moment,
) => Transition;

const decisions: { readonly [S in ExportStatus]: Decide<S> } = {
  requested: whileRequested,
  waitingForSignIn: whileWaitingForSignIn,
  starting: whileStarting,
  waiting: whileFollowing,
  running: whileFollowing,
  ready: whileReady,
  failed: whenEnded,
  expired: whenEnded,
  stopped: whenStoppedOrParked,
  parked: whenStoppedOrParked,
};

/** Decides one event. Never throws; an event that means nothing in the state is `ignored`. */
export function transition(job: ExportJob, event: ExportEvent, at: Moment): Transition {
  if (event.type === 'signedOut') return whenSignedOut(job, at);
  if (event.type === 'nameChanged') return moved(job, at, { state: job.state, due: job.due }, [showCards]);
  // The table's row and the state's tag agree by construction, which the type system cannot see through the index.
  const decide = decisions[job.state.status] as Decide<ExportStatus>;
  return decide(job, job.state, event, at);
}

function whenSignedOut(job: ExportJob, at: Moment): Transition {
  if (job.state.status === 'ready') return dropQuestion(job, job.state, at);
  if (!isOpen(job)) return ignored;
  // The person has just signed out: the card says what waits, a prompt would be a nuisance.
  return askSignIn(job, at, { type: 'signInRequired', cause: 'signIn', quiet: true });
}
