/** Writes times for cards, shown in each reader’s own language and time zone. */

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
