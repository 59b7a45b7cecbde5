/** Counts and erases everything that is kept of one person, beside their tokens. */
import type { Person } from '../domain/exports/export-job.ts';

export interface KeptData {
  readonly exports: number;
  /** Of the exports: those still being followed. */
  readonly openExports: number;
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
}

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
