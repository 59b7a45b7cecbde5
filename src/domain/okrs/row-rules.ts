/** Answers for the rules that figures follow everywhere: what is open, overdue, or without a check-in. */
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

/** End date past, open, progress below 100 or unknown. */
export const isOverdue = (
  row: Pick<OkrRow, 'status' | 'endsOn' | 'progress'>,
  today: Day,
): row is { readonly endsOn: Day } & typeof row =>
  row.endsOn !== undefined && row.endsOn < today && isOpen(row) && (row.progress ?? 0) < 100;

/** Days. */
const checkInDue = 14;

/** The column says it, or the check-ins themselves. */
export const lastCheckInOf = ({ lastCheckInOn, checkIns }: OkrRow): Day | undefined =>
  [lastCheckInOn, ...checkIns.map(({ on }) => on)].reduce(
    (latest, on) => (on !== undefined && (latest === undefined || on > latest) ? on : latest),
    undefined,
  );

/** Open, and 14 days or more since the last check-in; without any, since it was created, or ever. */
export function lacksCheckIn(row: OkrRow, today: Day): boolean {
  if (!isOpen(row)) return false;
  const since = lastCheckInOf(row) ?? row.createdOn;
  return since === undefined || daysBetween(since, today) >= checkInDue;
}
