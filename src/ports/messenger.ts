/** Lists what the use cases say in conversations, by meaning; `bot/` turns it into cards and activities. */
import type { ExportJob, Requester } from '../domain/exports/export-job.ts';
import type { SharedName } from '../domain/exports/shared-name.ts';
import type { UsualDuration } from '../domain/exports/usual-duration.ts';
import type { FileFormat, SubjectRef } from '../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../domain/own-files/own-file.ts';
import type { Conversation } from './conversation.ts';
import type { PromptOutcome } from './queued-tasks.ts';
import type { Schedule, ScheduleNotice } from '../domain/schedules/schedule.ts';
import type { Reading } from './readings.ts';
import type { SaveFailure, UploadTarget } from './people-files.ts';
import type { SignInRequest } from './sign-ins.ts';

/** What the requester's own card tells beside the export itself. */
export interface ExportDetails {
  /** What the file says, once it was read. */
  readonly reading?: Reading;
  /** While it is under way, once there is a history. */
  readonly usual?: UsualDuration;
}

/** Of a message about an export: its person has given no names, which need not be looked for. */
interface MaybeUnnamed {
  readonly isUnnamed?: boolean;
}

export type Message =
  /** The export's card: the owner's in a personal chat, the public one elsewhere. */
  | ({
      readonly kind: 'export';
      readonly job: ExportJob;
      readonly details?: ExportDetails;
    } & MaybeUnnamed)
  /** An older card of the same export: points down to the newer one. */
  | ({ readonly kind: 'exportMoved'; readonly job: ExportJob } & MaybeUnnamed)
  /** Its requester had their data deleted: nobody follows it any more. */
  | { readonly kind: 'exportForgotten' }
  /** Asks one person to sign in; silent where Teams can, a button everywhere. */
  | { readonly kind: 'signIn'; readonly request: SignInRequest }
  | {
      readonly kind: 'signInSettled';
      readonly outcome: PromptOutcome;
      readonly correlationId?: string;
      readonly locale?: string;
    }
  /** The short message that makes Teams notify the requester; mentions them in groups and channels. */
  | { readonly kind: 'notice'; readonly job: ExportJob }
  /** What an export says, for everybody there: its requester shares it. */
  | {
      readonly kind: 'sharedSummary';
      readonly job: ExportJob;
      readonly reading: Reading;
      /** The subscription that shares it. */
      readonly schedule?: Schedule;
    }
  /** A subscription was forgotten with its owner. */
  | { readonly kind: 'subscriptionOver' }
  /** What became of a schedule; `name` is its owner's for the target, and stands in personal chats only. */
  | {
      readonly kind: 'scheduleNotice';
      readonly schedule: Schedule;
      readonly notice: ScheduleNotice;
      readonly name?: string;
      readonly title?: string;
    }
  /** What a name in a group or channel stands for, for everybody there. */
  | { readonly kind: 'sharedName'; readonly name: SharedName }
  /** Its giver kept it to themselves, or it is forgotten. */
  | { readonly kind: 'nameNotShared'; readonly locale?: string }
  /** The card of a file that the person sent; personal chats only. */
  | { readonly kind: 'ownFile'; readonly file: OwnFile; readonly reading?: Reading }
  /** It is in the person's OneDrive: the file card. */
  | { readonly kind: 'saved'; readonly target: UploadTarget; readonly locale?: string }
  | {
      readonly kind: 'notSaved';
      readonly why: SaveFailure;
      readonly subject: SubjectRef;
      readonly format: FileFormat;
      readonly locale?: string;
    };

export type SendOutcome =
  /** `activityId` is what later updates name; Teams always gives one for a post. */
  | { readonly kind: 'sent'; readonly activityId?: string }
  /** The conversation, or the activity to update, is not there (any more). */
  | { readonly kind: 'gone' }
  /** This message may not be changed, which says nothing about others there. Never for a post. */
  | { readonly kind: 'refused' }
  /** The bot may not write there until somebody there writes to it again. */
  | { readonly kind: 'blocked' }
  /** Throttled; `retryAfter` in seconds. */
  | { readonly kind: 'busy'; readonly retryAfter?: number }
  /** It may or may not have arrived. */
  | { readonly kind: 'unknown' };

/** Never throws for what the connector does; a stored service URL that is not on the allow-list is `blocked`. */
export interface Messenger {
  /** @param mayGo asked when the message's turn has come, just before it leaves; when not, it is `busy`. What it rejects with is passed on. */
  readonly post: (
    conversation: Conversation,
    message: Message,
    mayGo?: () => Promise<boolean>,
  ) => Promise<SendOutcome>;
  readonly update: (conversation: Conversation, activityId: string, message: Message) => Promise<SendOutcome>;
  /** Takes a message of the bot's away. A client that cannot do so is `unknown`: say in its place that it is over. */
  readonly remove: (conversation: Conversation, activityId: string) => Promise<SendOutcome>;
}

/** How somebody stands in a conversation: `owner` of its team, `gone` from it. Never throws. */
export type FindMember = (
  conversation: Conversation,
  person: Requester,
) => Promise<'owner' | 'member' | 'gone' | 'unknown'>;

/**
 * The chat that a person has with the bot, in which the bot may still not be allowed to write. Never throws.
 * @param known any conversation of theirs with the bot
 */
export type FindPersonalChat = (
  person: Requester,
  known: Conversation,
) => Promise<
  | { readonly kind: 'found'; readonly conversation: Conversation }
  | { readonly kind: 'none' }
  /** Worth another try; `retryAfter` in seconds. */
  | { readonly kind: 'busy'; readonly retryAfter?: number }
>;

/** How many people beside this one are in a conversation; undefined when Teams does not say so. Never throws. */
export type CountOthers = (conversation: Conversation, person: Requester) => Promise<number | undefined>;
