/** Decides what is open, overdue or without a check-in, in the same way for all figures. */
import type { OkrField } from './columns.ts';
import { knownStatuses, type Day, type OkrRow } from './okr-row.ts';
import { daysBetween } from './read-day.ts';

type KnownStatus = (typeof knownStatuses)[number];

const byWord: ReadonlyMap<string, KnownStatus> = new Map(
  knownStatuses.map((status) => [status.toLowerCase().replace(' ', ''), status]),
);

/** A known status in the product's spelling, whatever the file's case and spaces; another word as it is, in one line. */
export function statusIn(text: string): string {
  return byWord.get(text.toLowerCase().replace(/[\s_-]+/g, '')) ?? text.replace(/\s+/g, ' ').trim();
}

/** Neither Closed nor Postponed. */
export const isOpen = ({ status }: Pick<OkrRow, 'status'>): boolean =>
  status !== 'Closed' && status !== 'Postponed';

/** `unknown`: it depends on something that could not be read. */
export type Judgement = 'yes' | 'no' | 'unknown';

const isUnread = ({ unread = [] }: OkrRow, ...fields: readonly OkrField[]): boolean =>
  fields.some((field) => unread.includes(field));

/** End date past, open, progress below 100 or not given. */
export function overdue(row: OkrRow, today: Day): Judgement {
  const { endsOn, progress = 0 } = row;
  if (!isOpen(row) || progress >= 100) return 'no';
  if (endsOn === undefined ? !isUnread(row, 'endsOn') : endsOn >= today) return 'no';
  return isUnread(row, 'endsOn', 'progress', 'status') ? 'unknown' : 'yes';
}

/** Days. */
const checkInDue = 14;

/** The column says it, or the check-ins themselves. */
export const lastCheckInOf = ({ lastCheckInOn, checkIns }: OkrRow): Day | undefined =>
  [lastCheckInOn, ...checkIns.map(({ on }) => on)].reduce(
    (latest, on) => (on !== undefined && (latest === undefined || on > latest) ? on : latest),
    undefined,
  );

/** Open, and 14 days or more since the last check-in; without any, since it was created, or ever. */
export function lacksCheckIn(row: OkrRow, today: Day): Judgement {
  if (!isOpen(row)) return 'no';
  const last = lastCheckInOf(row);
  const since = last ?? row.createdOn;
  if (since !== undefined && daysBetween(since, today) < checkInDue) return 'no';
  if (isUnread(row, 'lastCheckInOn', 'checkIns', 'status')) return 'unknown';
  return last === undefined && isUnread(row, 'createdAt') ? 'unknown' : 'yes';
}

/** Open, and progress below 100 or not given. */
export const isUnfinished = (row: OkrRow): boolean => isOpen(row) && (row.progress ?? 0) < 100;

/** Days, today included. */
const soon = 7;

export function dueSoon(row: OkrRow, today: Day): Judgement {
  if (!isUnfinished(row)) return 'no';
  if (row.endsOn === undefined) return isUnread(row, 'endsOn') ? 'unknown' : 'no';
  if (row.endsOn < today || daysBetween(today, row.endsOn) >= soon) return 'no';
  return isUnread(row, 'progress', 'status') ? 'unknown' : 'yes';
}

/** Objectives are worked on in what is below them. */
export function lacks(row: OkrRow, field: 'owner' | 'endsOn'): Judgement {
  if (row.level === 'objective' || row[field] !== undefined || !isUnfinished(row)) return 'no';
  return isUnread(row, field, 'progress', 'status') ? 'unknown' : 'yes';
}

/** Whether its progress is part of the average. */
export function countsForAverage(row: OkrRow): Judgement {
  if (!isOpen(row)) return 'no';
  if (isUnread(row, 'progress')) return 'unknown';
  if (row.progress === undefined) return 'no';
  return isUnread(row, 'status') ? 'unknown' : 'yes';
}

/** A figure of which up to one part in a hundred is unknown is still told; more, or any against none, makes it unknown. */
export const isKnownEnough = (known: number, unknown: number): boolean => unknown * 100 <= known;
