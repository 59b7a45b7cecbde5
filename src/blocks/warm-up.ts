/** Warm-up: how little a process that has just begun takes in hand, because that is blamed or done twice when it is killed. Ours because it is two sums. */

/** Seconds since the first call. */
export function createProcessAge(): () => number {
  let began: number | undefined;
  return function processAge() {
    began ??= performance.now();
    return (performance.now() - began) / 1000;
  };
}

export interface WarmUp {
  /** May be under way at first, and at most. */
  readonly first: number;
  readonly max: number;
  readonly secondsForOneMore: number;
}

/** How much may be under way in a process of that age. */
export const warmUpLimit = ({ first, max, secondsForOneMore }: WarmUp, processAge: number): number =>
  Math.min(max, first + Math.floor(processAge / secondsForOneMore));

/**
 * Seconds that a process must have worked before it takes what so many processes have died at. Where processes die early for
 * other reasons, the next death must not be blamed on it as well.
 */
export const warmUpAfter = (deaths: number): number => secondsForEach * deaths;

/** The other way round: at how much more processes may have died of what a process of that age takes. */
export const deathsAfter = (processAge: number): number => Math.floor(processAge / secondsForEach);

const secondsForEach = 5;
