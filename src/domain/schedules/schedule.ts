/** Defines a schedule: what is exported again and again for a person, when, on which condition, and until when. */
import type { Requester } from '../exports/export-job.ts';
import type { Target } from '../exports/target.ts';

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** 1 is Monday, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Days =
  | { readonly kind: 'everyDay' }
  | { readonly kind: 'weekdays' }
  | { readonly kind: 'weekly'; readonly on: readonly Weekday[] }
  /** In a month without that day: its last day. */
  | { readonly kind: 'monthly'; readonly day: number };

export type Condition = 'always' | 'ifChanged' | 'ifAtRisk';

/** `YYYY-MM-DD`, in the schedule's time zone. */
export type CalendarDay = string;

/** What a person writes or fills in. */
export interface Timing {
  readonly days: Days;
  readonly at: TimeOfDay;
  readonly condition: Condition;
  /** The last day. */
  readonly until?: CalendarDay;
}

/** Where it was made, and where its card goes. */
interface Place {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly serviceUrl: string;
  readonly botChannelId: string;
  /** In a channel, where Teams said so. */
  readonly teamId?: string;
}

/** `everybody`: a subscription of a group or channel. */
type Audience = 'owner' | 'everybody';

export const pauseCauses = [
  'person',
  /** Three runs in a row. */
  'failures',
  'noAccess',
  /** The source is gone. */
  'retired',
  'signedOut',
  /** Nothing can be posted in its team. */
  'archived',
] as const;

export type PauseCause = (typeof pauseCauses)[number];

export const endCauses = [
  'person',
  /** Its last day is over. */
  'over',
  /** An owner of the team ended it. */
  'teamOwner',
  'ownerLeft',
  'noAccess',
  'signedOut',
  /** The bot may not write there any more. */
  'botRemoved',
] as const;

export type EndCause = (typeof endCauses)[number];

export type ScheduleState =
  /** Its owner is asked whether everybody there may see it; nothing runs before they say so. */
  | { readonly kind: 'offered'; readonly since: Date }
  /** Without a next run until its last day is over. */
  | { readonly kind: 'active'; readonly nextAt?: Date }
  | { readonly kind: 'paused'; readonly why: PauseCause; readonly since: Date }
  | { readonly kind: 'ended'; readonly why: EndCause; readonly since: Date };

export type RunOutcome =
  | 'underWay'
  /** The owner was asked to sign in. */
  | 'waitingForSignIn'
  | 'posted'
  /** The condition was not met: nothing was posted. */
  | 'notMet'
  /** Nobody signed in within a day. */
  | 'skipped'
  | 'failed';

export interface Run {
  readonly dueAt: Date;
  readonly begunAt: Date;
  readonly outcome: RunOutcome;
  readonly exportId?: string;
  /** Since then its owner is to sign in. */
  readonly askedAt?: Date;
  /** Whatever the condition, somebody wants to see it. */
  readonly byHand?: true;
}

export interface Schedule {
  /** UUID. */
  readonly id: string;
  readonly owner: Requester;
  readonly target: Target;
  readonly conversation: Place;
  readonly audience: Audience;
  /** Where Teams has its owner alone speak to the bot, asked for when it was set up elsewhere. */
  readonly ownerChatId?: string;
  readonly timing: Timing & { readonly until: CalendarDay };
  /** IANA. */
  readonly zone: string;
  /** The end of its last day. */
  readonly until: Date;
  readonly state: ScheduleState;
  readonly lastRun?: Run;
  /** Runs in a row that failed. */
  readonly failures: number;
  readonly madeAt: Date;
}

/** What is told of a schedule later than it was asked for. */
export type ScheduleNotice =
  | { readonly what: 'paused'; readonly why: PauseCause }
  | { readonly what: 'ended'; readonly why: EndCause }
  /** Nobody signed in within a day; ISO 8601. */
  | { readonly what: 'skipped'; readonly dueAt: string }
  | { readonly what: 'endsSoon' }
  /** Those who will see a subscription learn of it. */
  | { readonly what: 'setUp' }
  /** Somebody who sees a subscription asks its owner for a pause. */
  | { readonly what: 'pauseAsked'; readonly by: string };
