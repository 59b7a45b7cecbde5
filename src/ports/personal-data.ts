/** Says how what is kept of a person is sealed, counted and erased. */
import type { Person } from '../domain/exports/export-job.ts';

interface SealedBytes {
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

/** Only the bot's keys open what it seals, for that person and place only. */
export interface Vault {
  /** The person under names that nobody finds without the bot's keys: one for each key, the newest first. */
  readonly marksOf: (person: Person) => readonly [string, ...string[]];
  /** `place` names the table and row: bytes that were moved elsewhere do not open. */
  readonly seal: (person: Person, place: string, bytes: Uint8Array) => SealedBytes;
  /** `undefined` when the key is gone, a byte differs, or it was sealed for another person or place. */
  readonly open: (person: Person, place: string, sealed: SealedBytes) => Uint8Array | undefined;
}

export interface KeptData {
  readonly exports: number;
  /** Of the exports: those still being followed. */
  readonly openExports: number;
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
  /** Given to what they export. */
  readonly names: number;
  /** That have not ended. */
  readonly schedules: number;
  /** Given to everybody in a group or channel. */
  readonly sharedNames: number;
}

/** Everything that is kept of one person, beside their tokens. */
export interface PersonalData {
  readonly count: (person: Person) => Promise<KeptData>;
  /**
   * Everything but what other people share: conversations and messages of theirs stay. When exports and files were asked for
   * since then stays, too, under a keyed hash of the person, so that the daily limit holds.
   */
  readonly erase: (person: Person, since: Date) => Promise<void>;
  /** Of what was erased: asked for since then. */
  readonly countErased: (person: Person, what: 'exports' | 'files', since: Date) => Promise<number>;
}
