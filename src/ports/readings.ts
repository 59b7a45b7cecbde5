/** Says how what files say is kept (sealed, bound to the person), and how work on files is claimed. */
import type { Person } from '../domain/exports/export-job.ts';
import type { SubjectRef } from '../domain/okrs/file/okr-file.ts';
import type { OkrChanges } from '../domain/okrs/changes/okr-changes.ts';
import type { OkrSnapshot } from '../domain/okrs/changes/snapshot.ts';
import type { WorkClaims } from './work-claims.ts';
import type { OkrSummary } from '../domain/okrs/reading/okr-summary.ts';

/** What an export or an own file says. */
export interface Reading {
  readonly summary: OkrSummary;
  /** Since the same person's last file of the same series; absent when there was none. */
  readonly changes?: OkrChanges;
  /** When Graph had the file ready; for a file of their own what its name says, else when it came. */
  readonly asOf: Date;
  /** Of the original file. */
  readonly bytes: number;
}

export interface Readings {
  readonly find: (person: Person, subject: SubjectRef) => Promise<Reading | undefined>;
  /** By the ids of the exports; of those that were read. */
  readonly ofExports: (person: Person, ids: readonly string[]) => Promise<ReadonlyMap<string, Reading>>;
  /** Replaces an earlier reading of the same subject. */
  readonly keep: (person: Person, subject: SubjectRef, reading: Reading) => Promise<void>;
}

/** The files that are compared with one another: of one target, or of one name. */
export interface Series {
  readonly kind: 'target' | 'fileName';
  /** Kept hashed. */
  readonly name: string;
}

export interface Snapshots {
  /** The newest other one of the series that is no newer than this: a file with its date in its name may be sent twice. */
  readonly before: (
    person: Person,
    series: Series,
    taken: { readonly subject: SubjectRef; readonly asOf: Date },
  ) => Promise<{ readonly snapshot: OkrSnapshot; readonly asOf: Date } | undefined>;
  /** Keeps it, and of the series only the newest other one: a reading that is repeated compares with that again. */
  readonly keep: (
    person: Person,
    series: Series,
    taken: { readonly subject: SubjectRef; readonly asOf: Date; readonly snapshot: OkrSnapshot },
  ) => Promise<void>;
}

/** Work on a file: read an export or an own file, or save one to OneDrive (`id` is the offer's). */
export interface FileWork {
  readonly kind: 'readExport' | 'readOwnFile' | 'save';
  readonly id: string;
}

export type FileWorkClaims = WorkClaims<FileWork>;
