/** Says how exports, their cards and notices, and the work that is due for them are kept. */
import type { AuditEntry } from '../domain/audit/audit-entry.ts';
import type { Target } from '../domain/exports/target.ts';
import type { ExportJob, Person } from '../domain/exports/export-job.ts';
import type { SubjectRef } from '../domain/okrs/file/okr-file.ts';
import type { Conversation } from './conversation.ts';
import type { QueuedTask } from './queued-tasks.ts';
import type { FileWork } from './readings.ts';
import type { WorkClaims } from './work-claims.ts';

export interface ClaimedExport {
  readonly job: ExportJob;
  /** Its cards show its version, and no notice stands beside them: until it moves on there is nothing to say. */
  readonly isShown: boolean;
  /** Its row says already when the next look is due, unless this one finds something new; it was due itself since then. */
  readonly settledAhead?: { readonly dueSince: Date };
}

interface SaveOptions {
  /** Optimistic locking: as it was read. Not needed where the row is locked. */
  readonly over?: ExportJob;
  /** Whose claim ends with this. */
  readonly doneBy?: string;
  /** Seconds after which it is to be woken; without it its wake stays as it is. */
  readonly wakeIn?: number;
  /** What the audit trail tells of it, written with it or not at all. */
  readonly audit?: AuditEntry;
}

/** An export that is due, given to one worker and claimed for it. */
export interface TakenExport {
  readonly exportId: string;
  readonly tenantId: string;
  readonly holder: string;
  /** When its claim is first extended, if not as usual. */
  readonly heldAfterSeconds?: number;
  /** @throws Error when the row cannot be read */
  readonly found: () => ClaimedExport & { readonly crashes: number };
}

/** A look after which there is nothing to show. */
export interface QuietLook {
  readonly before: ExportJob;
  readonly after: ExportJob;
  readonly now: Date;
  /** Of the claim, and of what the queue gave out. */
  readonly holder: string;
}

/** Every load by a person is filtered by id, tenant and owner. */
export interface ExportJobs extends WorkClaims<string, ClaimedExport> {
  /** `alreadyOpen`: the person has an open export of this target (a unique index decides, also between instances). */
  readonly insert: (
    job: ExportJob,
    how?: Pick<SaveOptions, 'wakeIn' | 'audit'>,
  ) => Promise<'inserted' | 'alreadyOpen'>;
  readonly load: (id: string) => Promise<ExportJob | undefined>;
  /** Loads and locks the row until the transaction ends. */
  readonly lock: (id: string) => Promise<ExportJob | undefined>;
  /** "Not yours" and "not there" are the same answer. */
  readonly loadOwn: (person: Person, id: string) => Promise<ExportJob | undefined>;
  /**
   * Writes the next version. `alreadyOpen` when re-opening would make a second open export of the same target, `overtaken` when
   * it is not any more what it is written over.
   */
  readonly save: (job: ExportJob, how?: SaveOptions) => Promise<'saved' | 'alreadyOpen' | 'overtaken'>;
  /**
   * Saves when to look next, queues it, and gives the claim back, all at once; false, and nothing is written, when the export is
   * not as it was or was scheduled meanwhile.
   */
  readonly settleLook: (look: QuietLook) => Promise<boolean>;
  /** The open export of the person and target if there is one, else the newest. */
  readonly newest: (person: Person, target: Target) => Promise<ExportJob | undefined>;
  /** The person's newest one of which a card stands there; the one of a message, where that is named. */
  readonly shownIn: (
    person: Person,
    conversationId: string,
    activityId?: string,
  ) => Promise<ExportJob | undefined>;
  readonly recentOf: (person: Person, max: number) => Promise<readonly ExportJob[]>;
  /** Every Graph job id that any run of this person's exports of the target holds or held, but for the current run of `exceptExportId`. */
  readonly heldGraphJobs: (
    person: Person,
    target: Target,
    exceptExportId: string,
  ) => Promise<readonly string[]>;
  /** Until the transaction ends nobody else takes this lock: what is counted stays true until it is acted on. */
  readonly lockCounts: (tenantId: string) => Promise<void>;
  readonly counts: (person: Person, since: Date) => Promise<ExportCounts>;
  /** Exports that wait for this person: `waitingForSignIn`, or `ready` with a question. */
  readonly waitingFor: (person: Person) => Promise<readonly ExportJob[]>;
  /** The tenant's exports that wait for an administrator's consent. */
  readonly waitingForConsent: (tenantId: string) => Promise<readonly ExportJob[]>;
  /** Whether a sign-in of the person concerns more than what waits for them: exports of the tenant that wait for consent, schedules of theirs. */
  readonly concernedBySignIn: (
    person: Person,
  ) => Promise<{ readonly isConsentAwaited: boolean; readonly hasSchedules: boolean }>;
  /** Exports of all tenants that are paused for an operator's fault. */
  readonly pausedForOperator: () => Promise<readonly { readonly id: string; readonly tenantId: string }[]>;
  /** Seconds that the newest finished runs took at Graph, at most 20 of the target and 20 of its source, anybody's in the tenant. */
  readonly finishedRuns: (
    tenantId: string,
    target: Target,
  ) => Promise<{ readonly ofTarget: readonly number[]; readonly ofSource: readonly number[] }>;
  readonly openOf: (person: Person) => Promise<readonly ExportJob[]>;
}

/** How many exports there are of what the limits count. */
export interface ExportCounts {
  readonly openOfPerson: number;
  readonly openOfTenant: number;
  /** Runs asked for since then, retries and erased ones included. None of them counts what a schedule has begun. */
  readonly askedByPerson: number;
}

/** A card that follows an export or an own file in a conversation. */
export interface TrackedCard {
  readonly id: string;
  readonly subject: SubjectRef;
  /** With the newest service URL known for it. */
  readonly conversation: Conversation;
  readonly activityId?: string;
  /** When it was put where it stands, by the bot's clock; absent for cards of an earlier release. */
  readonly placedAt?: Date;
  /** The subject's version it shows; 0 before it was posted. */
  readonly shownVersion: number;
  /** `moved`: a newer card stands further down; it is told so once and then left alone. `dropped`: cannot be shown any more. */
  readonly mode: 'live' | 'moved' | 'dropped';
  /** First posts in a row of which nobody knows whether they arrived. */
  readonly unknownPosts: number;
  /** Posts in the place of an activity that was gone. */
  readonly freshPosts: number;
  /** Somebody is sending it, or it is left alone for a while. */
  readonly isTaken: boolean;
}

/** `held`: somebody else has the right, for so many seconds more unless they give it back. */
export type CardClaim =
  | {
      readonly kind: 'claimed';
      readonly card: TrackedCard;
      /** The bot may not write there. */
      readonly isBlocked: boolean;
      /** The subject's. */
      readonly version: number;
      readonly hasNames: boolean;
    }
  | { readonly kind: 'held'; readonly seconds: number }
  | { readonly kind: 'missing' };

/** All cards of a subject, in their order. */
export interface TakenCards {
  readonly cards: readonly {
    readonly card: TrackedCard;
    /** The right to show it was taken. */
    readonly isOurs: boolean;
    /** The bot may not write there. */
    readonly isBlocked: boolean;
    /** For which somebody else has that right. */
    readonly seconds: number;
  }[];
  /** The subject's, where it has cards. */
  readonly version?: number;
  /** When that was its version, an export's person had given names; undefined where it has no cards. */
  readonly hasNames?: boolean;
  /** That person was being asked to sign in, beside questions on cards. */
  readonly isAsked?: boolean;
  /** A message stands beside them. */
  readonly hasNotices: boolean;
  /** Keys of the messages that were claimed. */
  readonly told: readonly string[];
}

/** A post of which nobody knows whether it arrived: counted, so that it is not done without end. */
export interface PostInVain {
  readonly as: 'unknownPost' | 'freshPost';
  /** Seconds for which nobody may claim the card. */
  readonly rest: number;
}

export interface Cards {
  readonly add: (card: Pick<TrackedCard, 'id' | 'subject' | 'conversation' | 'placedAt'>) => Promise<void>;
  readonly of: (subject: SubjectRef) => Promise<readonly TrackedCard[]>;
  /** Turns the subject's live cards in that conversation into `moved`, their shown version back to 0; those never posted become `dropped`, unless a post is on its way. */
  readonly moveDown: (subject: SubjectRef, conversationId: string) => Promise<void>;
  /** Takes the right to show what is behind; not where so many first posts had unknown outcomes. */
  readonly take: (
    subject: SubjectRef,
    holder: string,
    how: { readonly seconds: number; readonly maxUnknownPosts: number },
  ) => Promise<TakenCards>;
  /** The same for one card, whatever it shows. */
  readonly claim: (cardId: string, holder: string, seconds: number) => Promise<CardClaim>;
  /**
   * Records what is shown and gives the claim back, in one statement. Returns the card's mode and the subject's version as they
   * are then, undefined when the claim was lost. A card that was moved down in the meantime still has to say so.
   */
  readonly shown: (
    cardId: string,
    holder: string,
    shown: {
      readonly version: number;
      readonly activityId?: string;
      /** What it was sent as; `live` when not given. */
      readonly mode?: 'live' | 'moved';
      /** Posted because the activity was gone. */
      readonly isFresh?: boolean;
    },
  ) => Promise<{ readonly mode: TrackedCard['mode']; readonly version: number } | undefined>;
  readonly extendClaim: (cardId: string, holder: string, seconds: number) => Promise<void>;
  readonly releaseClaim: (cardId: string, holder: string, inVain?: PostInVain) => Promise<void>;
  readonly drop: (cardId: string) => Promise<void>;
  /** Of what something may be left to show in the conversation, all threads of a channel included; at most 100. */
  readonly behindAt: (tenantId: string, conversationId: string) => Promise<readonly SubjectRef[]>;
}

/** A message about an export that stands beside its card. */
export interface StandingNotice {
  readonly activityId: string;
  readonly conversation: Conversation;
  /** Which state of the export it tells. */
  readonly shown: string;
}

export interface Notices {
  /** True for the first caller of a key only: the message is claimed before it is sent. */
  readonly claim: (exportId: string, key: string) => Promise<boolean>;
  readonly isClaimed: (exportId: string, key: string) => Promise<boolean>;
  /** What was claimed has certainly not been sent: somebody may claim it again. */
  readonly release: (exportId: string, key: string) => Promise<void>;
  /** Oldest first; there is more than one only until the older ones are taken away. */
  readonly standing: (exportId: string) => Promise<readonly StandingNotice[]>;
  /** It stands there and tells this; nothing where the export or the conversation is not kept any more. */
  readonly stands: (exportId: string, notice: StandingNotice) => Promise<void>;
  readonly gone: (exportId: string, activityId: string) => Promise<void>;
}

/** One wake for each export that has something due, and one queued job for each piece of work on a file. */
export interface WorkQueue {
  /** Replaces the export's wake, if the export is there. */
  readonly schedule: (exportId: string, at: Date) => Promise<void>;
  /** The wake was saved with its export: whoever waits here for what is due is told. */
  readonly noteWake: (exportId: string, at: Date) => void;
  /** The same for work on files, which has a queue of its own: what takes long must not hold up a look at Graph. */
  readonly scheduleFileWork: (work: FileWork, at: Date) => Promise<void>;
  /** One that is due begins as soon as its transaction has committed. The same task is queued once. */
  readonly scheduleTask: (task: QueuedTask, at: Date) => Promise<void>;
  /** Removes the tasks that name the person, those that are done included. */
  readonly forgetTasksOf: (person: Person) => Promise<void>;
}
