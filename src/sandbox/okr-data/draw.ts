/** Draws numbers that look random and are the same for the same seed. */
import { createHash } from 'node:crypto';

export type Draw = Readonly<{
  /** An integer from 0, below the limit. */
  below: (limit: number) => number;
  /** An integer; both ends can come. */
  between: (least: number, most: number) => number;
  /** True so many times in a hundred. */
  chance: (percent: number) => boolean;
  of: <T>(things: readonly [T, ...T[]]) => T;
}>;

/** Xorshift: fast, and good enough for made-up data. */
export const createDraw = (seed: string): Draw => {
  let state = createHash('sha256').update(seed).digest().readUInt32BE(0) | 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (percent) => below(100) < percent,
    of: (things) => things[below(things.length)] ?? things[0],
  };
};
