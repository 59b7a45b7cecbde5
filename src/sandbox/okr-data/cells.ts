/** Writes cells as the export does: a day, a number, and a record as a line of CSV. */

export const dayMs = 24 * 3_600_000;

const known = new Map<number, string>();
const maxKnown = 5_000;

/** `YYYY-MM-DD`; a file names the same few days thousands of times. @param at milliseconds since 1970 */
export const calendarDay = (at: number): string => {
  const number = Math.floor(at / dayMs);
  const before = known.get(number);
  if (before !== undefined) return before;
  if (known.size >= maxKnown) known.clear();
  const day = new Date(number * dayMs).toISOString().slice(0, 10);
  known.set(number, day);
  return day;
};

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** Commas for thousands, at most two decimals. */
export const figure = (value: number): string => format.format(value);

/** Quoted where it must be, ended by a line feed. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\n`;

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
