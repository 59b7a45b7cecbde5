/** Lists what can happen to an export (past facts) and what must be done about it (effects). */
import type { UnreadCause } from '../okrs/file/okr-file.ts';
import type { FailureReason, SignInCause, TroubleKind } from './export-job.ts';
import type { Named } from './target.ts';

export type ExportEvent =
  | { readonly type: 'startDue' }
  | {
      readonly type: 'signInRequired';
      readonly cause: SignInCause;
      readonly claims?: string;
      /** Asking would be pointless (the account is gone): wait without a prompt. */ readonly quiet?: true;
    }
  | { readonly type: 'signedIn' }
  | { readonly type: 'consentGranted' }
  | { readonly type: 'signInAbandoned' }
  | { readonly type: 'signedOut' }
  | { readonly type: 'watchStopped' }
  /** `underWay` where Graph has said with it that the job has not ended; seconds. */
  | {
      readonly type: 'exportAccepted';
      readonly graphJobId: string;
      readonly underWay?: { readonly retryAfter?: number };
    }
  /** 409, or adopted from the list, after a GET under the person's own token. */
  | { readonly type: 'exportJoined'; readonly graphJobId: string; readonly from: 'conflict' | 'list' }
  /** Its source makes no job: the file can be had. */
  | ({ readonly type: 'exportReadyAtOnce' } & Named)
  /** Somebody else's identical job is pending that this person may not read. */
  | { readonly type: 'pendingElsewhere' }
  | { readonly type: 'outcomeUnknown'; readonly retryAfter?: number }
  | {
      readonly type: 'graphRefused';
      readonly reason: FailureReason;
      readonly requestId?: string;
      readonly message?: string;
    }
  | {
      readonly type: 'graphUnavailable';
      readonly kind: TroubleKind;
      readonly retryAfter?: number;
      /** Graph said for certain that it made no job. */ readonly notPosted?: true;
    }
  | { readonly type: 'stillWaiting'; readonly retryAfter?: number }
  | { readonly type: 'stillRunning'; readonly retryAfter?: number; readonly unknownStatus?: string }
  | { readonly type: 'exportSucceeded'; readonly expiresAt?: Date }
  | { readonly type: 'exportFailed'; readonly requestId?: string }
  /** The person wants to know now. */
  | { readonly type: 'lookRequested' }
  | { readonly type: 'jobMissing' }
  | { readonly type: 'contentGone' }
  | { readonly type: 'downloaded'; readonly size: number }
  /** What the file says is kept. */
  | { readonly type: 'contentRead'; readonly size: number }
  | { readonly type: 'contentUnread'; readonly why: UnreadCause }
  /** It is still being read; so many rows have come. */
  | { readonly type: 'readSoFar'; readonly rows: number }
  /** It could not be read now. `untilMended`: for an operator's fault, which is no failed attempt. `later` unless given. */
  | { readonly type: 'readingDelayed'; readonly untilMended?: true; readonly why?: 'later' | 'noRoom' }
  /** The person wants to know what it says. */
  | { readonly type: 'readingWished' }
  | { readonly type: 'expiryReached' }
  | { readonly type: 'exportedAgain' }
  /** Its person calls the target something else: what stands on its cards. */
  | { readonly type: 'nameChanged' }
  | { readonly type: 'retried' }
  | { readonly type: 'resumed' }
  | { readonly type: 'oddAnswer' }
  /** `retryAfter`: seconds until it is known whether the fault lasts. */
  | { readonly type: 'operatorFault'; readonly correlationId?: string; readonly retryAfter?: number }
  | { readonly type: 'crashedTooOften' }
  | { readonly type: 'followedTooLong' };

export type ExportEventType = ExportEvent['type'];

/** About a file that is there. */
export type ContentEventType =
  | 'contentGone'
  | 'downloaded'
  | 'contentRead'
  | 'contentUnread'
  | 'readSoFar'
  | 'readingDelayed'
  | 'readingWished'
  | 'expiryReached'
  | 'exportedAgain';
/** What a look at the job tells, or asks for. */
export type LookEventType =
  'stillWaiting' | 'stillRunning' | 'exportSucceeded' | 'exportFailed' | 'lookRequested' | 'jobMissing';
/** What Graph says to the start of a job. */
export type StartEventType =
  'exportAccepted' | 'exportJoined' | 'exportReadyAtOnce' | 'pendingElsewhere' | 'outcomeUnknown';
export type RefusalEventType = 'graphRefused' | 'graphUnavailable' | 'oddAnswer';
export type SignInAnswerType = 'signedIn' | 'consentGranted' | 'signInAbandoned';
export type ParkingEventType = 'operatorFault' | 'crashedTooOften' | 'followedTooLong';
export type NewRunEventType = 'retried' | 'resumed';

type NotificationKind = 'ready' | 'failed' | 'signInNeeded' | 'signInAbandoned' | 'parked';

export type Effect =
  /** Go on at once instead of waiting for the queue. */
  | { readonly kind: 'startNow' }
  | { readonly kind: 'showCards' }
  /** Queue the reading, in so many seconds. */
  | { readonly kind: 'readContent'; readonly after: number }
  | {
      readonly kind: 'askSignIn';
      readonly cause: SignInCause;
      readonly silent: boolean;
      readonly claims?: string;
    }
  /** One short message; the key makes it at most once a run. */
  | { readonly kind: 'notifyRequester'; readonly about: NotificationKind };
