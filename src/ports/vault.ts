/** Seals what is kept of a person's files, so that only the bot's keys open it, for that person and place only. */
import type { Person } from '../domain/exports/export-job.ts';

interface SealedBytes {
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

export interface Vault {
  /** The person under names that nobody finds without the bot's keys: one for each key, the newest first. */
  readonly marksOf: (person: Person) => readonly [string, ...string[]];
  /** `place` names the table and row: bytes that were moved elsewhere do not open. */
  readonly seal: (person: Person, place: string, bytes: Uint8Array) => SealedBytes;
  /** `undefined` when the key is gone, a byte differs, or it was sealed for another person or place. */
  readonly open: (person: Person, place: string, sealed: SealedBytes) => Uint8Array | undefined;
}
