/** Says what the inside needs of its surroundings: time, chance, background work, log, stores, transactions. */
import type { Audit } from './audit.ts';
import type { Conversations, InboundLog } from './conversation.ts';
import type { OwnFiles, SaveOffers, DownloadLinks } from './people-files.ts';
import type { PersonalData } from './personal-data.ts';
import type { FileWorkClaims, Readings, Snapshots } from './readings.ts';
import type { Cards, ExportJobs, Notices, WorkQueue } from './export-jobs.ts';
import type { Schedules } from './schedules.ts';
import type { SharedNames } from './shared-names.ts';
import type { TargetNames } from './target-names.ts';
import type { SignInAttempts, SignInRequests, SsoExchanges } from './sign-ins.ts';

export interface Clock {
  readonly now: () => Date;
}

export interface Chance {
  /** From 0 to below 1. */
  readonly random: () => number;
  /** UUID. */
  readonly newId: () => string;
  /** 256 random bits, base64url, 43 characters. */
  readonly newSecret: () => string;
}

/** The processes that share the work, this one included. */
export interface Instances {
  readonly living: () => number;
  /** Some of the others may not have heard of this one yet. */
  readonly isNew: () => boolean;
}

/** Work that outlives the turn that started it. Failures are logged once; `drain` waits for all of it. */
export interface Background {
  readonly run: (what: string, task: () => Promise<void>) => void;
  readonly drain: (milliseconds: number) => Promise<void>;
}

type Fields = Readonly<Record<string, unknown>>;
export interface Log {
  readonly debug: (fields: Fields, message: string) => void;
  readonly info: (fields: Fields, message: string) => void;
  readonly warn: (fields: Fields, message: string) => void;
  readonly error: (fields: Fields, message: string) => void;
  readonly child: (fields: Fields) => Log;
}

/** Everything kept in the database, bound to the database itself or to one transaction. */
export interface Stores {
  readonly exports: ExportJobs;
  readonly cards: Cards;
  readonly notices: Notices;
  readonly queue: WorkQueue;
  readonly conversations: Conversations;
  readonly inbound: InboundLog;
  readonly signIns: SignInRequests;
  readonly attempts: SignInAttempts;
  readonly exchanges: SsoExchanges;
  readonly downloads: DownloadLinks;
  readonly readings: Readings;
  readonly snapshots: Snapshots;
  readonly fileWork: FileWorkClaims;
  readonly ownFiles: OwnFiles;
  readonly saveOffers: SaveOffers;
  readonly personalData: PersonalData;
  readonly targetNames: TargetNames;
  readonly schedules: Schedules;
  readonly sharedNames: SharedNames;
  readonly audit: Audit;
}

/** All or nothing; serialisation failures and deadlocks are retried, so `work` must have no other effects. */
export type Transact = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
