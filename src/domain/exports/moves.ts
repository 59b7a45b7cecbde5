/** Builds the steps that several states share: the next export and its effects. */
import { isDeepStrictEqual } from 'node:util';
import type { Effect, ExportEvent, ExportEventType } from './export-event.ts';
import type {
  Contact,
  Due,
  DueStep,
  ExportJob,
  ExportState,
  Failed,
  Footing,
  Following,
  PastRun,
  SignInCause,
} from './export-job.ts';
import { graphJobIdOf, noContact } from './export-job.ts';
import { present } from '../present.ts';

/** What a decision may look at beside the export and the event. */
export interface Moment {
  readonly now: Date;
  /** From 0 to below 1, given by the caller so that the rules stay pure. */
  readonly random: number;
}

export type Transition =
  | { readonly kind: 'moved'; readonly job: ExportJob; readonly effects: readonly Effect[] }
  /** The event means nothing in this state; nothing changes and nothing is written. */
  | { readonly kind: 'ignored' };

export type EventOf<T extends ExportEventType> = Extract<ExportEvent, { readonly type: T }>;

/** Signing out, and what the target is called, are decided for all states alike. */
export type StateEvent = Exclude<ExportEvent, EventOf<'signedOut' | 'nameChanged'>>;

export const ignored: Transition = { kind: 'ignored' };

/** For what a state lets pass: it is named, so that the type checker reports a new event in every state. */
export const ignore = <T extends StateEvent['type']>(_event: EventOf<T>): Transition => ignored;

const day = 24 * 3600;
const signInPatience = 7 * day;
const adminConsentPatience = 30 * day;

export const dueIn = (at: Moment, seconds: number, step: DueStep): Due => ({
  at: new Date(at.now.getTime() + seconds * 1000),
  step,
});

interface Change {
  readonly state: ExportState;
  readonly due?: Due | undefined;
  readonly contact?: Contact;
  readonly joined?: boolean;
}

/** Graph has answered sensibly: whatever was in the way is over. */
export const troubleOver = ({ contact: { followedSince } }: ExportJob): Contact => ({
  ...noContact,
  ...present({ followedSince }),
});

/** The next export, a new version where a card would show it; the time of entry moves only when the status does. */
export function moved(job: ExportJob, at: Moment, change: Change, effects: readonly Effect[]): Transition {
  const { due: _due, ...rest } = job;
  const since = change.state.status === job.state.status ? job.since : at.now;
  const next: ExportJob = {
    ...rest,
    state: change.state,
    since,
    contact: change.contact ?? job.contact,
    joined: change.joined ?? job.joined,
    ...present({ due: change.due }),
    version: effects.some(({ kind }) => kind === 'showCards') ? job.version + 1 : job.version,
  };
  return { kind: 'moved', job: next, effects };
}

export const showCards: Effect = { kind: 'showCards' };

export function footingOf(state: ExportState): Footing {
  const outcomeUnknown = 'outcomeUnknown' in state && state.outcomeUnknown ? true : undefined;
  return present({ graphJobId: graphJobIdOf(state), outcomeUnknown });
}

/** Back to where the export stood: following its Graph job if there is one, else starting. */
export function goOn(
  job: ExportJob,
  at: Moment,
  footing: Footing,
  because?: 'signedIn' | 'consentGranted',
): Transition {
  const { graphJobId, outcomeUnknown = false } = footing;
  const answers = {
    ...answersAfter(job, because),
    ...present({ operatorFaults: job.contact.operatorFaults }),
  };
  const atOnce: Effect[] = [showCards, { kind: 'startNow' }];
  if (graphJobId === undefined) {
    const contact: Contact = { ...noContact, ...answers };
    return moved(
      job,
      at,
      { state: { status: 'starting', outcomeUnknown }, contact, due: dueIn(at, 0, 'start') },
      atOnce,
    );
  }
  const contact: Contact = { ...noContact, ...answers, followedSince: at.now };
  return moved(
    job,
    at,
    { state: { status: 'waiting', graphJobId }, contact, due: dueIn(at, 0, 'poll') },
    atOnce,
  );
}

/** Whoever had no tokens when consent was missing can still sign in silently once it is given. */
function answersAfter({ contact }: ExportJob, because?: 'signedIn' | 'consentGranted') {
  const { signIns, consents = 0 } = contact;
  switch (because) {
    case 'signedIn':
      return { signIns: signIns + 1, ...present({ consents: contact.consents }) };
    case 'consentGranted':
      return { signIns, consents: consents + 1 };
    case undefined:
      return { signIns: 0 };
  }
}

/**
 * Follow a Graph job and look again after `seconds`.
 * @param first where that is the first look: `atOnce` does not wait for the queue, `soon` is shown with what it finds
 */
export function follow(
  job: ExportJob,
  at: Moment,
  state: Following,
  seconds: number,
  first?: 'atOnce' | 'soon',
): Transition {
  const followedSince = job.contact.followedSince ?? at.now;
  const looked = first === undefined ? { lookedAt: at.now } : {};
  const contact: Contact = { ...noContact, followedSince, ...looked };
  return moved(job, at, { state, contact, due: dueIn(at, seconds, 'poll') }, effectsOf(job, state, first));
}

function effectsOf(job: ExportJob, state: Following, first: 'atOnce' | 'soon' | undefined): Effect[] {
  switch (first) {
    case 'atOnce':
      return [showCards, { kind: 'startNow' }];
    case 'soon':
      return [];
    case undefined:
      return looksTheSame(job, state) ? [] : [showCards];
  }
}

/** A look that finds nothing new touches no card: Teams asks for a fresh one when its person sees it. */
const looksTheSame = (job: ExportJob, state: Following): boolean =>
  job.contact.trouble === undefined && isDeepStrictEqual(job.state, state);

export function askSignIn(job: ExportJob, at: Moment, event: EventOf<'signInRequired'>): Transition {
  const claims = present({ claims: event.claims });
  const state: ExportState = {
    status: 'waitingForSignIn',
    cause: event.cause,
    ...claims,
    ...present({ quiet: event.quiet }),
    ...footingOf(job.state),
  };
  const patience = event.cause === 'adminConsent' ? adminConsentPatience : signInPatience;
  const change = { state, due: dueIn(at, patience, 'abandonSignIn') };
  if (event.quiet === true) return moved(job, at, change, [showCards]);
  const silent = isSilentWorthwhile(event.cause, job.contact);
  const effects: Effect[] = [showCards, { kind: 'askSignIn', cause: event.cause, silent, ...claims }];
  // Before anything was asked of Graph the person has just written: the prompt itself is the notice.
  if (graphJobIdOf(job.state) !== undefined) effects.push({ kind: 'notifyRequester', about: 'signInNeeded' });
  return moved(job, at, change, effects);
}

/** Teams' silent exchange cannot answer a claims challenge or a consent, nor help where it has just not helped. */
export const isSilentWorthwhile = (cause: SignInCause, contact: Contact): boolean =>
  cause === 'signIn' && contact.signIns === 0;

/** Ends the run; the Graph job stays on record because it must never be adopted by a later run. */
export function fail(job: ExportJob, at: Moment, ended: Omit<Failed, 'status' | 'graphJobId'>): Transition {
  const { graphJobId } = footingOf(job.state);
  const state: Failed = { status: 'failed', ...ended, ...present({ graphJobId }) };
  return moved(job, at, { state }, [showCards, { kind: 'notifyRequester', about: 'failed' }]);
}

export function stopWatching(job: ExportJob, at: Moment, by: 'person' | 'noSignIn'): Transition {
  const effects: Effect[] = [showCards];
  if (by === 'noSignIn') effects.push({ kind: 'notifyRequester', about: 'signInAbandoned' });
  return moved(job, at, { state: { status: 'stopped', by, ...footingOf(job.state) } }, effects);
}

/** A POST whose answer came after the person had stopped or signed out: its job is kept, so that nothing is posted twice. */
export function keepJob(
  job: ExportJob,
  at: Moment,
  event: EventOf<'exportAccepted' | 'exportJoined'>,
): Transition {
  if (graphJobIdOf(job.state) !== undefined) return ignored;
  const { outcomeUnknown: _known, ...rest } = { outcomeUnknown: undefined, ...job.state };
  // Only states with a footing come here, and each of them takes a job id.
  const state = { ...rest, graphJobId: event.graphJobId } as ExportState;
  return moved(job, at, { state, due: job.due, joined: isJoining(event) || job.joined }, [showCards]);
}

/** Somebody had already asked for the job; one found in the list is ours, from a POST whose answer was lost. */
export const isJoining = (event: EventOf<'exportAccepted' | 'exportJoined'>): boolean =>
  event.type === 'exportJoined' && event.from === 'conflict';

/** A new run of the same wish in the same card; the ended run goes into the history. */
export function startNewRun(job: ExportJob, at: Moment): Transition {
  const ended: PastRun = {
    requestedAt: job.requestedAt,
    endedAt: job.since,
    outcome: job.state.status === 'expired' ? 'expired' : 'failed',
    ...present({ graphJobId: graphJobIdOf(job.state) }),
  };
  const fresh: ExportJob = { ...job, requestedAt: at.now, joined: false, pastRuns: [...job.pastRuns, ended] };
  const change: Change = { state: { status: 'requested' }, contact: noContact, due: dueIn(at, 0, 'start') };
  return moved(fresh, at, change, [showCards, { kind: 'startNow' }]);
}
