/** Chance that is the same for the same seed. */

export interface Dice {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  /** From `least` to below `most`. */
  readonly between: (least: number, most: number) => number;
  readonly of: <T>(values: readonly [T, ...T[]]) => T;
  readonly shuffled: <T>(values: readonly T[]) => readonly T[];
  /** Shaped like a random GUID. */
  readonly guid: () => string;
}

export function createDice(seed: number): Dice {
  let state = (seed + 1) * 0x9e3779b9;
  // mulberry32: small, and even enough for choosing victims.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const again = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((again ^ (again >>> 14)) >>> 0) / 2 ** 32;
  };
  const below: Dice['below'] = (limit) => Math.floor(next() * limit);
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return {
    below,
    between: (least, most) => least + next() * (most - least),
    of: (values) => values[below(values.length)] ?? values[0],
    shuffled: (values) => {
      const order = values.map((value) => ({ value, at: next() }));
      return order.sort((a, b) => a.at - b.at).map(({ value }) => value);
    },
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}
