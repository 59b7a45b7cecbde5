/** Defines what is kept of an export to compare it, and the changes between two exports of one view. */
import type { Day, OkrLevel } from '../reading/okr-row.ts';

/** The least that comparing needs, and nothing more: it is kept. */
export interface SnapshotRow {
  /** The row's `Id`; without one, title + owner + period + type, hashed. */
  readonly key: string;
  /** Of a row with an `Id`: the key it would have without one, to find it in a file without Ids. */
  readonly keyWithoutId?: string;
  readonly title: string;
  readonly level: OkrLevel;
  readonly owner?: string;
  readonly status?: string;
  readonly progress?: number;
  /** What could not be read of it: neither the same nor different. Absent when all could. */
  readonly unread?: readonly ('owner' | 'status' | 'progress')[];
}

export interface OkrSnapshot {
  readonly takenOn: Day;
  readonly rows: readonly SnapshotRow[];
  /** Rows beyond 50,000 are not kept. */
  readonly capped: boolean;
}

export type OkrChange =
  /** `statusChanged`: any move of status that is neither newly at risk nor recovered. */
  | {
      readonly kind: 'newlyAtRisk' | 'recovered' | 'statusChanged';
      readonly from?: string;
      readonly to?: string;
    }
  /** Percent. */
  | { readonly kind: 'progressUp' | 'progressDown'; readonly from: number; readonly to: number }
  | { readonly kind: 'added' | 'gone' }
  | { readonly kind: 'ownerChanged'; readonly from?: string; readonly to?: string };

/** One row may have changed in several ways: one item each. */
export type ChangedOkr = OkrChange & {
  readonly title: string;
  readonly level: OkrLevel;
  readonly owner?: string;
};

export interface OkrChanges {
  /** When the earlier export was made. */
  readonly since: Date;
  /** How many there are of each kind; 0 when none. */
  readonly counts: Readonly<Record<OkrChange['kind'], number>>;
  /** At most 1,000, the weightiest first: newly at risk, progress down, gone, recovered, progress up, added, status, owner. */
  readonly items: readonly ChangedOkr[];
  /** OKRs of which something could not be compared, because one of the files does not say it readably. Absent when there are none. */
  readonly uncompared?: number;
}
