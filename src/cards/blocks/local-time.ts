/** Writes times for cards, shown in each reader’s own time zone, and lengths of time in words. */

/** The only form that the card functions read: whole seconds, UTC, four-digit year. */
const readable = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

function stamp(at: Date | undefined): string | undefined {
  if (at === undefined || Number.isNaN(at.getTime())) return undefined;
  const text = `${at.toISOString().slice(0, -5)}Z`;
  return readable.test(text) ? text : undefined;
}

/** `{{TIME(…)}}` for a `TextBlock`; undefined for a date that is none. */
export function localTime(at: Date | undefined): string | undefined {
  const text = stamp(at);
  return text === undefined ? undefined : `{{TIME(${text})}}`;
}

/** Date only, as in "Thu, Jan 1, 2026". */
export function localDate(at: Date | undefined): string | undefined {
  const text = stamp(at);
  return text === undefined ? undefined : `{{DATE(${text},SHORT)}}`;
}

/** Date and time. */
export function localDateTime(at: Date | undefined): string | undefined {
  const text = stamp(at);
  return text === undefined ? undefined : `{{DATE(${text},SHORT)}}, {{TIME(${text})}}`;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day (`YYYY-MM-DD`), the same one for every reader from Hawaii to New Zealand; undefined for what is none. */
export function localDay(on: string): string | undefined {
  return day.test(on) ? localDate(new Date(`${on}T10:00:00Z`)) : undefined;
}

const minute = 60_000;

/** A length of time in words: "less than a minute", "4 min", "3 h 5 min", "2 days". */
export function duration(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / minute);
  if (!(minutes >= 1)) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
