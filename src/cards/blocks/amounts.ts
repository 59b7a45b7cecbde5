/** Writes numbers in words: counts with their nouns, percentages, lists, file sizes. */

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
