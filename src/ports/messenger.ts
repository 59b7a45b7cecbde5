/** Answers for what the use cases say into conversations: meaning, not cards; `bot/` turns it into cards and activities. */
import type { NotificationKind } from '../domain/exports/export-event.ts';
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { Conversation } from './conversation.ts';
import type { SignInRequest } from './sign-ins.ts';

export type Message =
  /** The export's card: the owner's in a personal chat, the public one elsewhere. */
  | { readonly kind: 'export'; readonly job: ExportJob; readonly signInUrl?: string }
  /** An older card of the same export: points down to the newer one. */
  | { readonly kind: 'exportMoved'; readonly job: ExportJob }
  /** Asks one person to sign in; silent where Teams can, a button everywhere. */
  | { readonly kind: 'signIn'; readonly request: SignInRequest }
  | {
      readonly kind: 'signInSettled';
      readonly request: SignInRequest;
      readonly outcome: 'signedIn' | 'abandoned' | 'signedOut' | 'askedAgain' | 'operatorFault';
    }
  /** The short message that makes Teams notify the requester; mentions them in groups and channels. */
  | { readonly kind: 'notice'; readonly job: ExportJob; readonly about: NotificationKind };

export type SendOutcome =
  /** `activityId` is what later updates name; Teams always gives one for a post. */
  | { readonly kind: 'sent'; readonly activityId?: string }
  /** The conversation, or the activity to update, is not there (any more). */
  | { readonly kind: 'gone' }
  /** The bot may not write there until somebody there writes to it again. */
  | { readonly kind: 'blocked' }
  /** Throttled; `retryAfter` in seconds. */
  | { readonly kind: 'busy'; readonly retryAfter?: number }
  /** It may or may not have arrived. */
  | { readonly kind: 'unknown' };

/** Never throws for what the connector does; a stored service URL that is not on the allow-list is `blocked`. */
export interface Messenger {
  readonly post: (conversation: Conversation, message: Message) => Promise<SendOutcome>;
  readonly update: (conversation: Conversation, activityId: string, message: Message) => Promise<SendOutcome>;
}
