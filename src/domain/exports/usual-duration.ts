/** Estimates how long an export takes from how long others took; no guess without a history. */
export interface UsualDuration {
  /** Seconds; the middle half of the runs lies between the two. */
  readonly from: number;
  readonly to: number;
  /** Whether the runs were of this very target, or of others of its source. */
  readonly of: 'target' | 'source';
}

const fewest = 3;

/** @param seconds how long finished runs took, in any order */
export function usualDuration(given: {
  readonly ofTarget: readonly number[];
  readonly ofSource: readonly number[];
}): UsualDuration | undefined {
  if (given.ofTarget.length >= fewest) return { ...middleHalf(given.ofTarget), of: 'target' };
  if (given.ofSource.length >= fewest) return { ...middleHalf(given.ofSource), of: 'source' };
  return undefined;
}

function middleHalf(seconds: readonly number[]): { readonly from: number; readonly to: number } {
  const sorted = [...seconds].sort((a, b) => a - b);
  return { from: quantile(sorted, 0.25), to: quantile(sorted, 0.75) };
}

/** The nearest run that there was: no figure is made up in between. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))] ?? 0;
