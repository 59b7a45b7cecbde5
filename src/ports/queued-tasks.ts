/** Lists what is left to do after something was kept or answered: queued in the same transaction, so that no crash loses it. */
import type { Person, Requester, SignInCause } from '../domain/exports/export-job.ts';
import type { Conversation } from './conversation.ts';
import type { SaveFailure } from './people-files.ts';
import type { ScheduleNotice } from '../domain/schedules/schedule.ts';

/** Each may run more than once: a process that dies leaves it to the next one. */
export type QueuedTask =
  /** Queued by an earlier release when new tokens were kept: what waited for the person goes on. */
  | { readonly kind: 'signedIn'; readonly person: Person }
  /** New tokens of somebody with schedules are kept: those that waited for them go on. */
  | { readonly kind: 'ownerSignedIn'; readonly person: Person }
  /** A sign-in did not succeed: what waited for the person then, and has not gone on since, learns why. */
  | {
      readonly kind: 'signInRefused';
      readonly person: Person;
      readonly answer: RefusedSignIn;
      readonly waiting: readonly WaitingExport[];
    }
  /** The person's tokens are gone: their open exports wait. */
  | { readonly kind: 'signedOut'; readonly person: Person }
  /** An administrator says that the app is allowed: what waited in the tenant tries again. */
  | { readonly kind: 'consented'; readonly tenantId: string }
  /** Teams could not sign the person in silently: the prompt comes again as a button. `code` is Teams' word. */
  | {
      readonly kind: 'askWithButton';
      readonly person: Requester;
      readonly conversation: Conversation;
      readonly code: string;
    }
  /** The person wants to be asked here, though another prompt may stand somewhere. */
  | {
      readonly kind: 'askAgain';
      readonly person: Requester;
      readonly conversation: Conversation;
      readonly question: {
        readonly cause: SignInCause;
        readonly silent: boolean;
        readonly claims?: string;
      };
    }
  /** A sign-in question was withdrawn: its message says so. */
  | {
      readonly kind: 'retirePrompt';
      readonly conversation: Conversation;
      readonly activityId: string;
      readonly outcome: PromptOutcome;
      /** Of an operator's fault: what the log has of it. */
      readonly correlationId?: string;
      /** Of whoever was asked. */
      readonly locale?: string;
    }
  /** The export was forgotten with its person: its card says so. Names nobody. */
  | { readonly kind: 'retireCard'; readonly conversation: Conversation; readonly activityId: string }
  /** A name was given to everybody there, kept back, changed or forgotten: the message that asked, or told it, says so. */
  | {
      readonly kind: 'showSharedName';
      readonly conversation: Conversation;
      readonly activityId: string;
      readonly nameId: string;
      /** Of whoever gave it. */
      readonly locale?: string;
    }
  /** The question whether a file may be saved was answered: it goes. */
  | { readonly kind: 'removeMessage'; readonly conversation: Conversation; readonly activityId: string }
  /** A file was saved to somebody's OneDrive, or could not be: they are told. */
  | {
      readonly kind: 'tellSaved';
      readonly tenantId: string;
      readonly offerId: string;
      readonly outcome: SaveFailure | 'saved';
    }
  /** A run of the schedule is due; `dueAt` is ISO 8601, as is `until`. */
  | {
      readonly kind: 'runSchedule';
      readonly person: Person;
      readonly scheduleId: string;
      readonly dueAt: string;
    }
  /** A run has begun: what comes of its export is told when that has ended. */
  | {
      readonly kind: 'carryRun';
      readonly person: Person;
      readonly scheduleId: string;
      readonly dueAt: string;
    }
  /** Its last day comes near, or is over. */
  | {
      readonly kind: 'endSchedule';
      readonly person: Person;
      readonly scheduleId: string;
      readonly until: string;
    }
  /** Its owner, or who sees a subscription, is told something of it; claimed as `key`. */
  | {
      readonly kind: 'tellSchedule';
      readonly person: Person;
      readonly scheduleId: string;
      readonly conversation: Conversation;
      readonly notice: ScheduleNotice;
      readonly key: string;
    }
  /** A conversation may be written to again: what it missed is shown. */
  | { readonly kind: 'catchUp'; readonly tenantId: string; readonly conversationId: string }
  /** A subscription was forgotten with its owner: who sees it learns so. Names nobody. */
  | { readonly kind: 'subscriptionOver'; readonly conversation: Conversation; readonly scheduleId: string }
  /** Everybody there is shown what the export says; claimed as `claim` among the export's notices. */
  | {
      readonly kind: 'share';
      readonly exportId: string;
      readonly conversation: Conversation;
      readonly claim: string;
      /** The subscription that shares it. */
      readonly scheduleId?: string;
    };

/** An export as it was at that time. */
export interface WaitingExport {
  readonly id: string;
  readonly version: number;
}

export type RefusedSignIn =
  | { readonly kind: 'signInRequired'; readonly cause: SignInCause; readonly claims?: string }
  /** The bot's own registration, secret or tenant is wrong: nobody but the operator can mend it. */
  | { readonly kind: 'operatorFault'; readonly correlationId?: string };

/** Why a sign-in question needs no answer any more; `…Only`: nothing waited for it, so that nothing else shows what came of it. */
export type PromptOutcome =
  | 'signedIn'
  | 'signedInOnly'
  | 'abandoned'
  | 'signedOut'
  | 'askedAgain'
  | 'operatorFault'
  | 'operatorFaultOnly';
