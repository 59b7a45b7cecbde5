/** Answers for everything that is kept of one person, beside their tokens. */
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
  /** Everything but what other people share: conversations and messages of theirs stay. */
  readonly erase: (person: Person) => Promise<void>;
}
