/** Tells when a schedule runs next, in its time zone; croner knows calendars and daylight saving. */
import { Cron } from 'croner';
import type { CalendarDay, Timing } from './schedule.ts';

/**
 * The first moment after `after`; undefined when the last day is over. A time that a day does not have (clocks go forward) is the
 * next moment that it has; one that it has twice is the first.
 * @param zone IANA
 */
export function nextRun(timing: Timing, zone: string, after: Date): Date | undefined {
  const next = patternsOf(timing)
    .map((pattern) => new Cron(pattern, { timezone: zone }).nextRun(after))
    .filter((at) => at !== null)
    .reduce<Date | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);
  const isOver = next !== undefined && timing.until !== undefined && next > endOfDay(timing.until, zone);
  return isOver ? undefined : next;
}

/** Minute, hour, day of the month, month, day of the week. */
function patternsOf({ days, at: { hour, minute } }: Timing): readonly string[] {
  const at = `${String(minute)} ${String(hour)}`;
  switch (days.kind) {
    case 'everyDay':
      return [`${at} * * *`];
    case 'weekdays':
      return [`${at} * * 1-5`];
    case 'weekly':
      return [`${at} * * ${days.on.join(',')}`];
    case 'monthly':
      return [`${at} ${String(days.day)} * *`, ...lastDays(days.day).map((months) => `${at} L ${months} *`)];
  }
}

/** Months that may lack the day: their last one takes its place. */
function lastDays(day: number): readonly string[] {
  if (day > 30) return ['*'];
  return day > 28 ? ['2'] : [];
}

/** Its last second. */
export function endOfDay(day: CalendarDay, zone: string): Date {
  const end = new Cron(`${day}T23:59:59`, { timezone: zone }).nextRun(new Date(0));
  if (end === null) throw new Error('A day without an end');
  return end;
}

export function dayIn(zone: string, at: Date): CalendarDay {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Where that month lacks the day, in the one after it. */
export function monthsLater(day: CalendarDay, months: number): CalendarDay {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}

/** In lower case, as many as there are: each message names one, and to ask Intl takes a tenth of a millisecond. */
const knownZones = new Set<string>();

/** IANA, by a name: an offset knows no daylight saving. */
export function isZone(text: string): boolean {
  if (!/^[a-z]/i.test(text)) return false;
  if (knownZones.has(text.toLowerCase())) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    knownZones.add(text.toLowerCase());
    return true;
  } catch {
    return false;
  }
}
