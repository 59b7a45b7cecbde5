/** Reads the dates of an export's cells, and counts days. */
import type { Day } from './okr-row.ts';

/** Which comes first in `03/04/2026`. */
export type DayOrder = 'dayFirst' | 'monthFirst';

export type WrittenDay =
  | { readonly kind: 'day'; readonly day: Day; readonly order?: DayOrder }
  /** Two different days, by the order. `usual`: how it is read where nothing in the file says so. */
  | ({ readonly kind: 'ambiguous'; readonly usual?: DayOrder } & Readonly<Record<DayOrder, Day>>);

/** As the documented file writes each of its days: what needs no look at the others. */
const documented = /^(\d{4})-(\d{2})-(\d{2})(?: \d{2}:\d{2}:\d{2} UTC)?$/;
const longest = 60;
const time =
  /(?:T|,?[ \u00A0\u202F]{1,2})\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,9})?)?[ \u00A0\u202F]?(?:[ap]\.?[ \u00A0]?m\.?)?\s?(?:UTC|GMT|Z|[+-]\d{2}:?\d{2})?$/i;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const yearLast = /^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/;
const dayAndName =
  /^(?:\p{L}{2,12}\.?,? )?(\d{1,2})\.?(?: de |[- ])(\p{L}{3,12}\.?),?(?: de |[- ])(\d{4}|\d{2})$/u;
const nameAndDay =
  /^(?:\p{L}{2,12}\.?,? )?(\p{L}{3,12}\.?)[- ](\d{1,2})(?:st|nd|rd|th)?,?[- ](\d{4}|\d{2})$/u;
/** From 1954 to 2119: shorter numbers in a column of days are no days. */
const serialShape = /^([2-7]\d{4})(?:\.\d{1,20})?$/;
const dayMs = 86_400_000;
/** Excel counts days from here, as far as March 1900 and later are concerned. */
const serialEpoch = Date.UTC(1899, 11, 30);
const firstSensibleYear = 1900;

/**
 * What the text itself tells: `2025-03-31`, `2024-12-09 14:36:20 UTC` (the day as written), `31/12/2026`, `Dec 31, 2026`
 * and Excel's serial days such as `45747` are one day; `03/04/2026` may be two. Undefined for anything else, and for days
 * that do not exist.
 */
export function parseDay(text: string): WrittenDay | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  const usual = documented.exec(trimmed);
  if (usual !== null) return sure(dayFrom(usual[1] ?? '', Number(usual[2]), usual[3] ?? ''));
  const serial = serialShape.exec(trimmed);
  if (serial !== null) return { kind: 'day', day: dayOfSerial(Number(serial[1])) };
  const written = trimmed.replace(time, '').replace(/\s+/g, ' ');
  const [, year = '', , month = '', date = ''] = yearFirst.exec(written) ?? [];
  if (year !== '') return sure(dayFrom(year, Number(month), date));
  const named = dayAndName.exec(written);
  if (named !== null) return sure(dayFrom(named[3] ?? '', monthOf(named[2] ?? ''), named[1] ?? ''));
  const nameFirst = nameAndDay.exec(written);
  if (nameFirst !== null)
    return sure(dayFrom(nameFirst[3] ?? '', monthOf(nameFirst[1] ?? ''), nameFirst[2] ?? ''));
  const [, first = '', separator = '', second = '', lastYear = ''] = yearLast.exec(written) ?? [];
  return first === '' ? undefined : inEitherOrder(first, second, lastYear, separator);
}

function inEitherOrder(
  first: string,
  second: string,
  year: string,
  separator: string,
): WrittenDay | undefined {
  const dayFirst = dayFrom(year, Number(second), first);
  const monthFirst = dayFrom(year, Number(first), second);
  if (dayFirst === undefined) return sure(monthFirst, 'monthFirst');
  if (monthFirst === undefined) return sure(dayFirst, 'dayFirst');
  if (dayFirst === monthFirst) return sure(dayFirst);
  // Where dots are written, the day comes first.
  return { kind: 'ambiguous', dayFirst, monthFirst, ...(separator === '.' ? { usual: 'dayFirst' } : {}) };
}

const sure = (day: Day | undefined, order?: DayOrder): WrittenDay | undefined =>
  day === undefined ? undefined : { kind: 'day', day, ...(order === undefined ? {} : { order }) };

/** Of two digits: 1970 to 2069. */
function dayFrom(year: string, month: number | undefined, date: string): Day | undefined {
  const century = Number(year) >= 70 ? '19' : '20';
  const full = year.length === 2 ? `${century}${year}` : year;
  if (month === undefined || Number(full) < firstSensibleYear) return undefined;
  const isDay =
    month >= 1 && month <= 12 && Number(date) >= 1 && isInMonth(Number(full), month, Number(date));
  return isDay ? `${full}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}` : undefined;
}

/** Each month has 28 days. */
const isInMonth = (year: number, month: number, date: number): boolean =>
  date <= 28 || date <= lastDate(year, month);

/** The day before the first of the next month, which is the month's number as `Date` counts. */
const lastDate = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `undefined` for what is no day, and for `03/04/2026` where nothing says which comes first. */
export function readDay(text: string, order?: DayOrder | 'unknown'): Day | undefined {
  const written = parseDay(text);
  if (written?.kind !== 'ambiguous') return written?.day;
  const known = order ?? written.usual ?? 'unknown';
  return known === 'unknown' ? undefined : written[known];
}

/** @param serial days of Excel's 1900 calendar; a fraction is the time of day and left out */
export const dayOfSerial = (serial: number): Day => dayOf(new Date(serialEpoch + Math.floor(serial) * dayMs));

/** In UTC. */
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

/** Whole days; negative when `to` is earlier. NaN when one of them is no day. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);

/** Those of most spreadsheets. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs'];
const forms = [
  { month: 'long' },
  { month: 'short' },
  { day: 'numeric', month: 'long' },
  { day: 'numeric', month: 'short' },
] as const;

let monthNames: ReadonlyMap<string, number> | undefined;

/** 1 to 12; undefined for any other word, and for one that names different months in different languages. */
function monthOf(word: string): number | undefined {
  monthNames ??= collectMonthNames();
  return monthNames.get(plain(word));
}

function collectMonthNames(): ReadonlyMap<string, number> {
  const months = new Map<string, number>([['sept', 9]]);
  const unsure = new Set<string>();
  for (const language of languages) {
    for (const form of forms) {
      const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month += 1) {
        const names = format.formatToParts(Date.UTC(2026, month - 1, 15));
        const name = plain(names.find(({ type }) => type === 'month')?.value ?? '');
        if (!/\p{L}/u.test(name)) continue;
        if ((months.get(name) ?? month) !== month) unsure.add(name);
        months.set(name, month);
      }
    }
  }
  for (const name of unsure) months.delete(name);
  return months;
}

const plain = (word: string): string => word.normalize('NFC').toLowerCase().replace(/\.$/, '');
