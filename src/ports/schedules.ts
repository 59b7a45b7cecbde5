/** Says how schedules are kept: what is theirs sealed for their owner, when they are due in the open. */
import type { Person } from '../domain/exports/export-job.ts';
import type { Schedule } from '../domain/schedules/schedule.ts';
import type { Conversation } from './conversation.ts';

export interface ScheduleCounts {
  /** Neither counts what has ended. */
  readonly ofPerson: number;
  readonly ofTenant: number;
}

/** What has ended is found by its id alone. */
export interface Schedules {
  readonly insert: (schedule: Schedule) => Promise<void>;
  /** Loads and locks the row until the transaction ends. */
  readonly lock: (id: string) => Promise<Schedule | undefined>;
  readonly load: (id: string) => Promise<Schedule | undefined>;
  /** Over the row, which is locked. */
  readonly save: (schedule: Schedule) => Promise<void>;
  /** The soonest first, the paused ones last. */
  readonly of: (person: Person) => Promise<readonly Schedule[]>;
  /** Those of everybody in a conversation, all threads of a channel included. */
  readonly subscriptionsIn: (conversation: Conversation) => Promise<readonly Schedule[]>;
  /** In all its channels; in its first one also those of which Teams did not say whose channel it is. */
  readonly subscriptionsOfTeam: (team: {
    readonly tenantId: string;
    readonly teamId: string;
  }) => Promise<readonly Schedule[]>;
  readonly counts: (person: Person) => Promise<ScheduleCounts>;
  /** Where the person's newest schedule said that they live. */
  readonly zoneOf: (person: Person) => Promise<string | undefined>;
  /** The conversation in which the bot and this person alone have met, as far as a card of theirs knows. */
  readonly personalChatOf: (person: Person) => Promise<Conversation | undefined>;
  /** Those that were due before, by the bot's clock; the oldest first, at most so many. */
  readonly dueBefore: (now: Date, max: number) => Promise<readonly DueSchedule[]>;
  /** True for the first caller of a key only: a message is claimed before it is sent. */
  readonly claimNotice: (id: string, key: string) => Promise<boolean>;
  /** What was claimed has certainly not been sent. */
  readonly releaseNotice: (id: string, key: string) => Promise<void>;
}

interface DueSchedule {
  readonly id: string;
  readonly person: Person;
  readonly dueAt: Date;
}
