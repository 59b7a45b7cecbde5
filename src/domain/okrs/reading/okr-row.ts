/** Defines what one row of an export says, whatever columns the file had, and what is kept of its titles. */
import type { OkrField } from './columns.ts';

/** `YYYY-MM-DD`; a real calendar day. */
export type Day = string;

/** `other`: a deliverable, a project, or a word of the tenant's own. */
export type OkrLevel = 'objective' | 'keyResult' | 'other';

/** The product's own statuses, spelled as in the file; other words are passed through. */
export const knownStatuses = [
  'Not Started',
  'On Track',
  'Behind',
  'At Risk',
  'Closed',
  'Postponed',
  'Reopened',
] as const;

/** An OKR that a row is aligned to, as the file writes it. */
export interface Alignment {
  /** Empty where the file gives the Id only. */
  readonly title: string;
  readonly id?: string;
  /** Percent. */
  readonly weight?: number;
}

export interface CheckIn {
  readonly on?: Day;
  readonly user?: string;
  readonly note?: string;
  readonly metricName?: string;
  readonly status?: string;
  /** As written, e.g. `25%`. */
  readonly currentValue?: string;
  readonly activityOn?: Day;
}

/** Texts are as in the file; what is absent or empty there is absent here. */
export interface OkrRow {
  readonly id?: string;
  readonly title: string;
  readonly level: OkrLevel;
  /** The file's own word for the level. */
  readonly objectType?: string;
  readonly goalType?: string;
  readonly teams: readonly string[];
  readonly creator?: string;
  readonly owner?: string;
  readonly period?: string;
  readonly startsOn?: Day;
  readonly endsOn?: Day;
  readonly description?: string;
  readonly alignedTo: readonly Alignment[];
  readonly metricName?: string;
  readonly unit?: string;
  readonly target?: number;
  readonly start?: number;
  /** 0–100 as a rule; out of range values are kept. */
  readonly progress?: number;
  readonly actualProgress?: number;
  readonly status?: string;
  /** `YYYY-MM-DD` of `Created At`. */
  readonly createdOn?: Day;
  readonly lastCheckInOn?: Day;
  readonly lastNote?: string;
  readonly score?: number;
  /** The column of a board that it is in. */
  readonly bucket?: string;
  readonly checkIns: readonly CheckIn[];
  /** Fields that hold something which could not be read: what it says is unknown, not absent. Absent when there are none. */
  readonly unread?: readonly OkrField[];
  /** Columns that are not known here, by header. */
  readonly others: Readonly<Record<string, string>>;
}

const maxCharacters = 300;

/** One line of at most 300 characters; never ends within a character; a cut text ends with `…`. */
export function cutTitle(text: string): string {
  // A cell may hold megabytes: only what can be kept is looked at.
  const line = text
    .slice(0, maxCharacters * 4)
    .replace(/[\s\0]+/g, ' ')
    .trim();
  if (line.length <= maxCharacters) return line.toWellFormed();
  return `${line
    .slice(0, maxCharacters - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
