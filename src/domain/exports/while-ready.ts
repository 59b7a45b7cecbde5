/** Decides events while an export's file can be had: downloaded, read, asked for again, expired. */
import { present } from '../present.ts';
import type { Contact, ExportJob, ExportState, Ready, ReadingProgress } from './export-job.ts';
import type { LookEventType, NewRunEventType, RefusalEventType, StartEventType } from './export-event.ts';
import type { EventOf, Moment, StateEvent, Transition } from './moves.ts';
import { ignore, ignored, moved, showCards } from './moves.ts';
import { backOffDelay } from './look-again.ts';
import type { Named } from './target.ts';

const maxReadingAttempts = 5;
/** Seconds: Entra ID is not asked more often while it refuses the app. */
const untilMendedAgain = 60;

/** @param made the job that made the file, and until when it can be had */
export function becomeReady(
  job: ExportJob,
  at: Moment,
  made: Named & {
    readonly graphJobId?: string;
    readonly expiresAt?: Date | undefined;
    readonly contact?: Contact;
  },
): Transition {
  const { graphJobId, title, place, expiresAt, contact = job.contact } = made;
  const state: ExportState = {
    status: 'ready',
    ...present({ graphJobId, title, place }),
    reading: { kind: 'underWay', attempts: 0 },
    ...present({ expiresAt }),
  };
  const due = expiresAt === undefined ? undefined : ({ at: expiresAt, step: 'expire' } as const);
  return moved(job, at, { state, contact, due }, [
    showCards,
    { kind: 'notifyRequester', about: 'ready' },
    { kind: 'readContent', after: 0 },
  ]);
}

export function whileReady(job: ExportJob, state: Ready, event: StateEvent, at: Moment): Transition {
  const due = job.due;
  switch (event.type) {
    case 'expiryReached':
    case 'contentGone':
      return expire(job, state, at);
    case 'downloaded':
      if (state.size === event.size) return ignored;
      return moved(job, at, { state: { ...state, size: event.size }, due }, [showCards]);
    case 'exportedAgain':
      return moved(job, at, { state: { ...state, exportedAgainAt: at.now }, due }, [showCards]);
    case 'contentRead':
      return settleReading(job, { ...state, size: event.size }, at, { kind: 'done' });
    case 'contentUnread':
      return settleReading(job, state, at, { kind: 'unread', why: event.why });
    case 'crashedTooOften':
      return settleReading(job, state, at, { kind: 'unread', why: 'crashed' });
    case 'readSoFar':
      return tellSoFar(job, state, event, at);
    case 'readingDelayed':
      return event.untilMended === true ? readWhenMended(job, state, at) : readLater(job, state, event, at);
    case 'readingWished':
      return readAgain(job, state, at);
    case 'signInRequired':
      return ask(job, state, event, at);
    case 'signedIn':
    case 'consentGranted':
      return state.reading?.kind === 'unread' && state.reading.why === 'signInNeeded'
        ? readAgain(job, withoutQuestion(state), at)
        : dropQuestion(job, state, at);
    default:
      return ignore<
        | 'startDue'
        | 'signInAbandoned'
        | 'watchStopped'
        | 'operatorFault'
        | 'followedTooLong'
        | LookEventType
        | StartEventType
        | RefusalEventType
        | NewRunEventType
      >(event);
  }
}

/** Whoever is asked is told so; a reading that they wished for waits for the answer. */
function ask(job: ExportJob, state: Ready, event: EventOf<'signInRequired'>, at: Moment): Transition {
  const waits = state.reading?.kind === 'underWay';
  if (!waits && state.signInCause === event.cause && state.claims === event.claims) return ignored;
  const claims = present({ claims: event.claims });
  const asking: Ready = {
    ...withoutQuestion(state),
    signInCause: event.cause,
    ...claims,
    ...(waits ? { reading: { kind: 'unread', why: 'signInNeeded' } } : {}),
  };
  return moved(job, at, { state: asking, due: job.due }, [
    showCards,
    { kind: 'askSignIn', cause: event.cause, silent: event.cause === 'signIn', ...claims },
  ]);
}

/** Answered, or no longer wanted: the file is simply there again. */
export const dropQuestion = (job: ExportJob, state: Ready, at: Moment): Transition =>
  state.signInCause === undefined
    ? ignored
    : moved(job, at, { state: withoutQuestion(state), due: job.due }, [showCards]);

const withoutQuestion = ({ signInCause: _cause, claims: _claims, ...rest }: Ready): Ready => rest;

function expire(job: ExportJob, state: Ready, at: Moment): Transition {
  const { graphJobId, expiresAt = at.now } = state;
  // Graph may drop the content before the time it named.
  const expiredAt = expiresAt < at.now ? expiresAt : at.now;
  return moved(job, at, { state: { status: 'expired', ...present({ graphJobId }), expiredAt } }, [showCards]);
}

/** What is not being read has nothing to settle: the same work may have been done twice. */
const settleReading = (
  job: ExportJob,
  state: Ready,
  at: Moment,
  reading: Exclude<ReadingProgress, { kind: 'underWay' }>,
): Transition =>
  state.reading?.kind === 'underWay'
    ? moved(job, at, { state: { ...state, reading, readInVersion: job.version + 1 }, due: job.due }, [
        showCards,
      ])
    : ignored;

function tellSoFar(job: ExportJob, state: Ready, { rows }: EventOf<'readSoFar'>, at: Moment): Transition {
  const { reading } = state;
  if (reading?.kind !== 'underWay' || reading.soFar === rows) return ignored;
  return moved(job, at, { state: { ...state, reading: { ...reading, soFar: rows } }, due: job.due }, [
    showCards,
  ]);
}

/** The card need not tell of each try. */
function readLater(job: ExportJob, state: Ready, event: EventOf<'readingDelayed'>, at: Moment): Transition {
  const { reading } = state;
  const { why = 'later' } = event;
  if (reading?.kind !== 'underWay') return ignored;
  const attempts = reading.attempts + 1;
  if (attempts >= maxReadingAttempts) return settleReading(job, state, at, { kind: 'unread', why });
  const { soFar: _soFar, ...begun } = reading;
  const next: Ready = { ...state, reading: { ...begun, attempts } };
  const after = backOffDelay(attempts + 2, at.random);
  return moved(job, at, { state: next, due: job.due }, [{ kind: 'readContent', after }]);
}

/** However long the operator's fault lasts, until the file has expired. */
const readWhenMended = (job: ExportJob, state: Ready, at: Moment): Transition =>
  state.reading?.kind === 'underWay'
    ? moved(job, at, { state, due: job.due }, [{ kind: 'readContent', after: untilMendedAgain }])
    : ignored;

function readAgain(job: ExportJob, state: Ready, at: Moment): Transition {
  if (state.reading?.kind === 'underWay' || state.reading?.kind === 'done') return ignored;
  const reading: ReadingProgress = { kind: 'underWay', attempts: 0, wished: true };
  return moved(job, at, { state: { ...state, reading }, due: job.due }, [
    showCards,
    { kind: 'readContent', after: 0 },
  ]);
}
