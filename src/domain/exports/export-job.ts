/** Defines an export: one person's wish for one target, and the states it goes through. */
import type { UnreadCause } from '../okrs/file/okr-file.ts';
import type { Named, Target } from './target.ts';

/** A person as Teams and Entra ID know them. */
export interface Person {
  /** Entra tenant id, GUID. */
  readonly tenantId: string;
  /** Entra object id, GUID. */
  readonly userId: string;
}

export interface Requester extends Person {
  /** Display name from the activity; data, never markup. */
  readonly name: string;
  /** The channel's id of the person (`29:…`): mentions and `refresh.userIds` need it. */
  readonly channelUserId: string;
  /** BCP 47 tag of the language that they last used Teams in. */
  readonly locale?: string;
}

export type SignInCause = 'signIn' | 'claims' | 'consent' | 'adminConsent';

/** What log lines say of it. */
export const loggedOf = ({ id, target }: Pick<ExportJob, 'id' | 'target'>) => ({
  exportId: id,
  source: target.source,
});

/** Why an export ended without a file; the cards have the words. */
export type FailureReason =
  'noAccess' | 'notValid' | 'placeNotFound' | 'gone' | 'graphFailed' | 'retired' | 'refused';
export type ParkCause = 'oddAnswers' | 'operatorFault' | 'crashedTooOften' | 'followedTooLong';

/** What is kept across a wait or a pause: the Graph job if there is one, and whether a POST may be on its way. */
export interface Footing {
  readonly graphJobId?: string;
  readonly outcomeUnknown?: boolean;
}

export interface WaitingForSignIn extends Footing {
  readonly status: 'waitingForSignIn';
  readonly cause: SignInCause;
  /** Claims challenge to pass on to the sign-in, JSON text. */
  readonly claims?: string;
  /** Nobody was asked: the person has signed out, or their account is gone. */
  readonly quiet?: true;
}
export interface Starting {
  readonly status: 'starting';
  /** A POST may be on its way: list before posting again. */
  readonly outcomeUnknown: boolean;
  /** Somebody else's job is being made that this person may not read. */
  readonly pendingElsewhere?: boolean;
}
interface Waiting {
  readonly status: 'waiting';
  readonly graphJobId: string;
  /** Graph has only just taken it: the first look, a moment later, is shown whatever it finds. */
  readonly isUnshown?: true;
  readonly missingSince?: Date;
}
interface Running {
  readonly status: 'running';
  readonly graphJobId: string;
  /** Graph's own word when it is not one we know. */
  readonly graphStatus?: string;
  readonly missingSince?: Date;
}
/** How far the bot is with reading what a ready file says; the file can be had all along. */
export type ReadingProgress =
  /** `wished`: the person asked for it, and may be asked to sign in for it. `soFar`: rows, once it takes long. */
  | {
      readonly kind: 'underWay';
      readonly attempts: number;
      readonly wished?: true;
      readonly soFar?: number;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'unread'; readonly why: UnreadCause };

export interface Ready extends Named {
  readonly status: 'ready';
  /** Absent where its source makes no jobs. */
  readonly graphJobId?: string;
  readonly expiresAt?: Date;
  /** Bytes, known after the first whole download. */
  readonly size?: number;
  readonly exportedAgainAt?: Date;
  /** Absent where nobody has read it: it was ready before the bot could. */
  readonly reading?: ReadingProgress;
  /** The version of the export that brought nothing but what the file says. */
  readonly readInVersion?: number;
  readonly signInCause?: SignInCause;
  readonly claims?: string;
}
export interface Failed {
  readonly status: 'failed';
  readonly reason: FailureReason;
  readonly graphJobId?: string;
  /** Graph's request id, to quote to support. */
  readonly requestId?: string;
  /** Graph's own words, for the requester only. */
  readonly message?: string;
}
export interface Expired {
  readonly status: 'expired';
  readonly graphJobId?: string;
  readonly expiredAt: Date;
}
export interface Stopped {
  readonly status: 'stopped';
  readonly by: 'person' | 'noSignIn';
  readonly graphJobId?: string;
  readonly outcomeUnknown?: boolean;
}
export interface Parked extends Footing {
  readonly status: 'parked';
  readonly cause: ParkCause;
  /** Entra ID's, to quote to the operator. */
  readonly correlationId?: string;
}

export type ExportState =
  | { readonly status: 'requested' }
  | WaitingForSignIn
  | Starting
  | Waiting
  | Running
  | Ready
  | Failed
  | Expired
  | Stopped
  | Parked;

export type ExportStatus = ExportState['status'];
export type Following = Waiting | Running;

/** What happens by itself when `due.at` comes. */
export type DueStep = 'start' | 'poll' | 'abandonSignIn' | 'expire' | 'resume';
export interface Due {
  readonly at: Date;
  readonly step: DueStep;
}

/** How the current run's contact with Graph goes. */
export interface Contact {
  /** When this run's Graph job was first followed. */
  readonly followedSince?: Date;
  /** When Graph was last asked about the job. */
  readonly lookedAt?: Date;
  /** Failed attempts in a row; sets the back-off. */
  readonly attempts: number;
  /** Sign-ins since Graph last took a token: after one that did not help, a silent one is no use. */
  readonly signIns: number;
  /** Consents that were said to be given since then: each is worth one try, not a silent sign-in less. */
  readonly consents?: number;
  /** Pauses for the operator since Graph last took a token: what only seems to be mended is tried ever more seldom. */
  readonly operatorFaults?: number;
  /** Answers in a row that made no sense. */
  readonly oddAnswers: number;
  /** Since when Graph could not be asked, and what is in the way. */
  readonly trouble?: { readonly since: Date; readonly kind: TroubleKind };
}
export type TroubleKind = 'busy' | 'unreachable' | 'insecure' | 'oddAnswer';

/** A finished run of the same export; its Graph job is never adopted again. */
export interface PastRun {
  readonly requestedAt: Date;
  readonly endedAt: Date;
  readonly outcome: 'failed' | 'expired';
  readonly graphJobId?: string;
}

export interface ExportJob {
  /** UUID. */
  readonly id: string;
  readonly requester: Requester;
  readonly target: Target;
  /** What its requester calls the target, where they alone are told. */
  readonly name?: string;
  /** A schedule of theirs began it: not counted among what people ask for. */
  readonly bySchedule?: true;
  /** When the current run was asked for: a Graph job made clearly before it is not ours. */
  readonly requestedAt: Date;
  /** When the current state was entered. */
  readonly since: Date;
  readonly state: ExportState;
  readonly due?: Due;
  readonly contact: Contact;
  /** This run follows a Graph job that somebody had already asked for. */
  readonly joined: boolean;
  readonly pastRuns: readonly PastRun[];
  /** Grows by one with every change that a card shows; cards remember which one they show. */
  readonly version: number;
}

const openStatuses: ReadonlySet<ExportStatus> = new Set([
  'requested',
  'waitingForSignIn',
  'starting',
  'waiting',
  'running',
]);

/** Open exports count against the limits, and there is one for each person and target. */
export const isOpen = (job: ExportJob): boolean => openStatuses.has(job.state.status);

/** Whether others who see its card are offered the same export: not what has just failed or is paused. */
export const isOfferedToOthers = ({ state: { status } }: ExportJob): boolean =>
  status !== 'failed' && status !== 'parked';

/** Its person is to sign in; what only an administrator can do is another matter. */
export const waitsForPerson = ({ state }: ExportJob): boolean =>
  state.status === 'waitingForSignIn' && state.cause !== 'adminConsent';

export const samePerson = (a: Person, b: Person): boolean =>
  a.tenantId === b.tenantId && a.userId === b.userId;

/** The Graph job of the current run, in whatever state it is held. */
export const graphJobIdOf = (state: ExportState): string | undefined =>
  'graphJobId' in state ? state.graphJobId : undefined;

export const noContact: Contact = { attempts: 0, signIns: 0, oddAnswers: 0 };

/** How often the wait was answered since Graph last took a token. */
export const answersOf = ({ signIns, consents = 0 }: Contact): number => signIns + consents;

/** A new export, its intent ready to be committed: due at once. */
export function requestExport(given: {
  readonly id: string;
  readonly requester: Requester;
  readonly target: Target;
  readonly now: Date;
}): ExportJob {
  const { id, requester, target, now } = given;
  return {
    id,
    requester,
    target,
    requestedAt: now,
    since: now,
    state: { status: 'requested' },
    due: { at: now, step: 'start' },
    contact: noContact,
    joined: false,
    pastRuns: [],
    version: 1,
  };
}
