/** Answers for forgetting everything that is kept of one person: first what that is, then, when they are sure, that it is gone. */
import type { Person } from '../domain/exports/export-job.ts';

/** How much there is of each. */
export interface KeptOfPerson {
  readonly exports: number;
  /** Of the exports: those still being followed, which ends. */
  readonly openExports: number;
  /** What files say, and the snapshots kept to compare them. */
  readonly readings: number;
  readonly snapshots: number;
  readonly ownFiles: number;
  readonly signedIn: boolean;
}

export interface DeleteMyData {
  readonly preview: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
  /** What there was. Graph's own jobs stay: no call removes them. */
  readonly confirm: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
}
