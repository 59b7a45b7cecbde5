/** Writes amounts in English: numbers, counts with their nouns, percentages, lists, sizes, lengths of time. */

const locale = 'en-GB';
const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const plural = new Intl.PluralRules(locale);
const listed = new Intl.ListFormat(locale);
const inUnit = (unit: string, options: Intl.NumberFormatOptions = {}) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', useGrouping: false, ...options });
const precisePercent = inUnit('percent', {
  unitDisplay: 'short',
  useGrouping: true,
  maximumFractionDigits: 1,
});
const roundPercent = inUnit('percent', { unitDisplay: 'short', useGrouping: true, maximumFractionDigits: 0 });
const bytesInUnit = inUnit('byte');
const daysInUnit = inUnit('day');

/** "1,234". */
export const number = (amount: number): string => grouped.format(amount);

/** The form that goes with this amount. */
export const form = (amount: number, one: string, many: string): string =>
  plural.select(amount) === 'one' ? one : many;

/** "no rows", "1 row", "1,234 rows". */
export const count = (amount: number, one: string, many = `${one}s`): string =>
  amount === 0 ? `no ${many}` : `${number(amount)} ${form(amount, one, many)}`;

const ratio = (format: Intl.NumberFormat, amount: number | undefined): string =>
  amount === undefined || !Number.isFinite(amount) ? '–' : format.format(amount);

/** "62%", "62.5%"; what is no number is left to a dash. */
export const percent = (amount: number | undefined): string => ratio(precisePercent, amount);

/** Whole percent, for figures that are an average anyway. */
export const wholePercent = (amount: number | undefined): string => ratio(roundPercent, amount);

/** "a, b and c". */
export const list = (items: readonly string[]): string => listed.format(items);

const units = ['KB', 'MB', 'GB'] as const;

/** "512 bytes", "12.3 KB", "4 MB": thousands of 1,000, one decimal below ten. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return bytesInUnit.format(bytes);
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const rounded = amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  return `${rounded} ${units[unit] ?? 'GB'}`;
}

const minute = 60_000;

/** "less than a minute", "4 min", "3 h 5 min", "2 days". */
export function duration(from: Date, to: Date): string {
  const minutes = Math.floor((to.getTime() - from.getTime()) / minute);
  if (!(minutes >= 1)) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return daysInUnit.format(Math.floor(hours / 24));
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

const secondsInMinute = 60;
const secondsInHour = 3600;

/** "2–4 minutes", "about 1 hour": rounded outwards, as somebody plans with it. @param from seconds, as `to` */
export function span({ from, to }: { readonly from: number; readonly to: number }): string {
  if (to < secondsInMinute) return 'less than a minute';
  const [size, unit] = to < 2 * secondsInHour ? [secondsInMinute, 'minute'] : [secondsInHour, 'hour'];
  const [least, most] = [Math.floor(from / size), Math.ceil(to / size)];
  if (least === 0) return `up to ${count(most, unit)}`;
  return least === most ? `about ${count(most, unit)}` : `${least}–${count(most, unit)}`;
}
