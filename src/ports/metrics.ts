/** Lists what operators count; no figure holds a tenant, a person or a target. */
import type { Message, SendOutcome } from './messenger.ts';

/** Short words of ours, so that there are few of them. */
type Word = string;

export interface Metrics {
  /** @param outcome the kind of the answer; for `unavailable` what the trouble was */
  readonly graphCalled: (source: Word, call: 'create' | 'get' | 'list' | 'content', outcome: Word) => void;
  /** Graph said no for good. @param reason ours; `notValid` may be a mistake of the bot */
  readonly graphRefused: (source: Word, reason: Word) => void;
  /** Seconds that Graph's clock is ahead of ours. */
  readonly clockSkewed: (seconds: number) => void;
  /** Somebody who is not Teams spoke to the bot, or a clock is wrong. */
  readonly requestRefused: () => void;
  /** A call did not leave: the tenant's bucket was empty or paused, or the host's breaker open. */
  readonly callHeldBack: (why: 'tenant' | 'host') => void;
  readonly breakerMoved: (host: string, to: 'closed' | 'open' | 'halfOpen') => void;
  /** What failed in passing is asked again. */
  readonly retried: (of: 'graph' | 'connector') => void;
  /** Seconds between when a look at Graph was due and when it began. */
  readonly looked: (lag: number) => void;
  readonly sent: (
    what: Message['kind'] | 'any',
    how: 'post' | 'update' | 'remove',
    outcome: SendOutcome['kind'],
  ) => void;
  /** An update that a newer one overtook before it left. */
  readonly updateDropped: () => void;
  /** What people have done with names. */
  readonly nameTold: (what: 'given' | 'shared' | 'changed' | 'forgotten' | 'exported') => void;
  readonly signInEnded: (way: 'silent' | 'browser', outcome: Word) => void;
}

/** What stands in the database, the same for all instances. */
export interface Figures {
  /** False while it is read-only or full. */
  readonly takesWrites: boolean;
  /** Open exports and parked ones. */
  readonly exports: readonly {
    readonly source: string;
    readonly status: string;
    readonly count: number;
  }[];
  /** That have not ended, by how they stand and how their last run went; `none` before it. */
  readonly schedules: readonly {
    readonly state: string;
    readonly lastRun: string;
    readonly count: number;
  }[];
  /** Seconds since the most overdue schedule should have run; 0 when none is. */
  readonly maxScheduleOverdue: number;
  readonly promptsOutstanding: number;
  /** Seconds since the most overdue export should have been looked at; 0 when none is. */
  readonly maxOverdue: number;
  /** Of exports to look at, and of files to read, make or save. `ready` is due and waits for a worker. */
  readonly queue: Readonly<
    Record<'exports' | 'files', { readonly queued: number; readonly ready: number; readonly active: number }>
  >;
}
