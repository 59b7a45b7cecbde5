/** Reads the last day of a schedule as people write it: a date, in words or numbers, or how long from now. */
import { casual, GB } from 'chrono-node/en';
import type { CalendarDay } from '../../../domain/schedules/schedule.ts';

export interface Calendar {
  readonly today: CalendarDay;
  /** 5/6 is the sixth of May. */
  readonly monthFirst: boolean;
}

/** Longer ones are no date. */
const maxWords = 6;

/** The longest date at the beginning of the words. */
export function dateAt(
  words: readonly string[],
  calendar: Calendar,
): { readonly day: CalendarDay; readonly length: number } | undefined {
  return longest(words, (text) => readDate(text, calendar));
}

/** “3 months”: the day that is so far away. */
export const spanAt = (words: readonly string[], calendar: Calendar) =>
  longest(words, (text) => readDate(`in ${text}`, calendar));

function longest(words: readonly string[], read: (text: string) => CalendarDay | undefined) {
  for (let length = Math.min(maxWords, words.length); length > 0; length -= 1) {
    const day = read(words.slice(0, length).join(' '));
    if (day !== undefined) return { day, length };
  }
  return undefined;
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const numbersOnly = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;

/** @param text a date and nothing else; undefined for a time of day */
function readDate(text: string, { today, monthFirst }: Calendar): CalendarDay | undefined {
  if (isoDay.test(text)) return isDay(text) ? text : undefined;
  // The British reader takes “December 24” for a month of a year.
  const chrono = numbersOnly.test(text) && !monthFirst ? GB : casual;
  const from = { instant: new Date(`${today}T12:00:00Z`), timezone: 0 };
  const [found, ...more] = chrono.parse(text, from, { forwardDate: true });
  if (found === undefined || more.length > 0 || found.text.length !== text.length) return undefined;
  if (found.end || found.start.isCertain('hour')) return undefined;
  return [found.start.get('year'), found.start.get('month'), found.start.get('day')]
    .map((part, nth) => String(part).padStart(nth === 0 ? 4 : 2, '0'))
    .join('-');
}

const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
