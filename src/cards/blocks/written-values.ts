/** Writes values for cards: counts, percentages, lists, sizes, lengths of time, and times in each reader’s own time zone. */

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** "1,234". */
export const number = (amount: number): string => grouped.format(amount);

/** "no rows", "1 row", "1,234 rows". */
export function count(amount: number, one: string, many = `${one}s`): string {
  if (amount === 0) return `no ${many}`;
  return amount === 1 ? `1 ${one}` : `${number(amount)} ${many}`;
}

/** "62%", "62.5%"; what is no number is left to a dash. */
export const percent = (amount: number | undefined): string =>
  amount === undefined || !Number.isFinite(amount) ? '–' : `${precise.format(amount)}%`;

/** Whole percent, for figures that are an average anyway. */
export const wholePercent = (amount: number | undefined): string =>
  amount === undefined || !Number.isFinite(amount) ? '–' : `${number(amount)}%`;

/** "a, b and c". */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

const units = ['KB', 'MB', 'GB'] as const;

/** "512 bytes", "12.3 KB", "4 MB": thousands of 1,000, one decimal below ten. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const rounded = amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  return `${rounded} ${units[unit] ?? 'GB'}`;
}

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
