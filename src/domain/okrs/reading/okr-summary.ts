/** Defines the summary of a whole export: a few figures, and what could not be read. */
import type { Day, OkrLevel } from './okr-row.ts';

export interface StatusCount {
  /** As in the file; `''` when the row had none. */
  readonly status: string;
  readonly count: number;
}

export interface LevelFigures {
  readonly count: number;
  /** Known statuses in the product's order, then others by count; beyond 20 other words the rest is one `…`. */
  readonly byStatus: readonly StatusCount[];
  /** How many say a status that could not be read; they are in no count of `byStatus`. Absent when there are none. */
  readonly unread?: number;
}

export type AttentionReason =
  | { readonly kind: 'atRisk' | 'behind' }
  | { readonly kind: 'overdue'; readonly endedOn: Day }
  | { readonly kind: 'noCheckIn'; readonly since?: Day }
  | { readonly kind: 'noProgress' };

export interface Attention {
  readonly title: string;
  readonly level: OkrLevel;
  readonly owner?: string;
  readonly progress?: number;
  /** The weightiest first; at least one. */
  readonly reasons: readonly AttentionReason[];
  /** What could not be read of it. Absent when all could. */
  readonly unread?: readonly UnreadFact[];
}

export type UnreadFact = 'status' | 'endDate' | 'lastCheckIn' | 'progress';

/**
 * `number`: `33,333` may be one of two numbers; `date`: so may `03/04/2026` be of two days; `scale`: 1 may be 1 % or all;
 * `error`: a spreadsheet's error such as `#N/A`; `formula`: nobody has worked it out; `other`: anything else.
 */
export type UnreadCellCause = 'number' | 'date' | 'scale' | 'error' | 'formula' | 'other';

/** A part that could not be summarised, and why. */
export type ReadingGap =
  /** The file has no such column (its usual header). */
  | { readonly kind: 'noColumn'; readonly column: string }
  /** So many rows held something there that could not be read. */
  | {
      readonly kind: 'unreadableCells';
      readonly column: string;
      readonly rows: number;
      readonly why: UnreadCellCause;
    }
  /** So many rows had no title and were left out. */
  | { readonly kind: 'rowsWithoutTitle'; readonly rows: number }
  /** The file is no UTF-8 and has no mark: its letters were read as Windows-1252. */
  | { readonly kind: 'windows1252' }
  /** So many rows hold bytes that are no text; a mark stands in their place. */
  | { readonly kind: 'unreadableLetters'; readonly rows: number }
  /** So many sheets have the same columns as the one that was read. */
  | { readonly kind: 'otherSheets'; readonly read: string; readonly others: number }
  /** What the source did not give; it has words for it. */
  | { readonly kind: 'notGiven'; readonly source: string; readonly what: string }
  /** What needs all rows at once covers the first so many only. */
  | { readonly kind: 'capped'; readonly what: 'tree' | 'changes'; readonly rows: number };

export interface OkrSummary {
  /** Rows with a title. */
  readonly rows: number;
  /** Title of the first objective. Absent when there is none, and in readings of earlier releases. */
  readonly topObjective?: string;
  readonly objectives: LevelFigures;
  readonly keyResults: LevelFigures;
  readonly others: LevelFigures;
  /** Percent, over rows that are not Closed or Postponed and say their progress; absent when none does, or it is unknown. */
  readonly averageProgress?: number;
  /** End date past, not Closed or Postponed, progress below 100. Absent when it is unknown. */
  readonly overdue?: number;
  /** Open rows without a check-in in the last 14 days. Absent when it is unknown. */
  readonly withoutCheckIn?: number;
  /** Unfinished, the end date today or in the six days that follow. Absent when it is unknown, as are the next two. */
  readonly dueSoon?: number;
  /** Unfinished and below the objectives, with no owner. */
  readonly withoutOwner?: number;
  /** The same, with no end date. */
  readonly withoutDueDate?: number;
  /** At most five. */
  readonly attention: readonly Attention[];
  /** Rows that are not known to need attention, of which something could not be read. Absent when there are none. */
  readonly unjudged?: number;
  /** The day that "overdue" and "14 days" were counted from. */
  readonly today: Day;
  readonly gaps: readonly ReadingGap[];
}
