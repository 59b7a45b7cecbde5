/** The UTC day of a moment, as the export writes it. */

export const dayMs = 24 * 3_600_000;

const known = new Map<number, string>();
const mostKnown = 5_000;

/** `YYYY-MM-DD`; a file names the same few days thousands of times. @param at milliseconds since 1970 */
export const calendarDay = (at: number): string => {
  const number = Math.floor(at / dayMs);
  const before = known.get(number);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const day = new Date(number * dayMs).toISOString().slice(0, 10);
  known.set(number, day);
  return day;
};
