/** Answers for a number of bytes in words. */

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
