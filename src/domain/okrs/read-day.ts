/** Answers for the dates of an export's cells, and for counting days. */
import type { Day } from './okr-row.ts';

const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:UTC|Z|[+-]\d{2}:?\d{2})?)?$/i;
/** From 1954 to 2119: shorter numbers in a column of days are no days. */
const serialShape = /^([2-7]\d{4})(?:\.\d{1,20})?$/;
const dayMs = 86_400_000;
/** Excel counts days from here, as far as March 1900 and later are concerned. */
const serialEpoch = Date.UTC(1899, 11, 30);
const firstSensibleYear = 1900;

/**
 * Reads `2025-03-31`, `2024-12-09 14:36:20 UTC` (the day as written), and Excel's serial days such as `45747`;
 * `undefined` for anything else, for days that do not exist, and for `0001-01-01`, which means "not set".
 */
export function readDay(text: string): Day | undefined {
  const trimmed = text.trim();
  const serial = serialShape.exec(trimmed);
  if (serial !== null) return dayOfSerial(Number(serial[1]));
  const parts = shape.exec(trimmed);
  if (parts === null) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  if (Number(year) < firstSensibleYear) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // The round trip shows whether the day exists: 31 February would roll over.
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && dayOf(at) === written ? written : undefined;
}

/** @param serial days of Excel's 1900 calendar; a fraction is the time of day and left out */
export const dayOfSerial = (serial: number): Day => dayOf(new Date(serialEpoch + Math.floor(serial) * dayMs));

/** In UTC. */
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

/** Whole days; negative when `to` is earlier. NaN when one of them is no day. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
