/** Says in English when a schedule runs: on which days, at what time, on which condition, until when; understood when it is written back. */
import type { CalendarDay, Days, TimeOfDay, Timing } from '../../../domain/schedules/schedule.ts';
import { list } from '../phrasing/amounts.ts';

const locale = 'en-GB';
const dayName = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const ordinals = new Intl.PluralRules(locale, { type: 'ordinal' });
const endings = { zero: 'th', one: 'st', two: 'nd', few: 'rd', many: 'th', other: 'th' } as const;

/** The first of January 2024 was a Monday. @param weekday 1 is Monday */
const weekdayName = (weekday: number): string => dayName.format(new Date(Date.UTC(2024, 0, weekday)));

const ordinal = (day: number): string => `${day}${endings[ordinals.select(day)]}`;

const clock = ({ hour, minute }: TimeOfDay): string => `${hour}:${String(minute).padStart(2, '0')}`;

/** The last month that is shorter than that decides what it means. */
const longestInEveryMonth = 28;

function days(when: Days): string {
  switch (when.kind) {
    case 'everyDay':
      return 'every day';
    case 'weekdays':
      return 'every weekday';
    case 'weekly':
      return `every ${list(when.on.map(weekdayName))}`;
    case 'monthly':
      return when.day === 31
        ? 'on the last day of every month'
        : `on the ${ordinal(when.day)} of every month`;
  }
}

const conditions = {
  always: '',
  ifChanged: ', only if something changed',
  ifAtRisk: ', only if something is at risk or late',
};

const lastDay = (day: CalendarDay): string => date.format(new Date(`${day}T00:00:00Z`));

export const timing = {
  /** "every Monday at 9:00, only if something changed". */
  when: ({ days: on, at, condition }: Timing) => `${days(on)} at ${clock(at)}${conditions[condition]}`,
  until: (day: CalendarDay) => `until ${lastDay(day)}`,
  shortMonths: ({ days: on }: Timing): string | undefined =>
    on.kind === 'monthly' && on.day > longestInEveryMonth && on.day < 31
      ? 'In a shorter month, on its last day.'
      : undefined,
  weekdayName,
  clock,
};
