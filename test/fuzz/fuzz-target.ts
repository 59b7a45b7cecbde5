/** Describes what is fuzzed: where inputs come from, and what has to hold for each of them. */
import fc from 'fast-check';

interface FuzzRun {
  readonly inputs: number;
  readonly seed: number;
}

export interface FuzzTarget {
  readonly name: string;
  /** Of a million inputs; the dear ones get fewer. */
  readonly share: number;
  /** Rejects with the smallest counter-example that was found. */
  readonly run: (run: FuzzRun) => Promise<void>;
}

export interface Prepared<T> {
  readonly holds: (input: T) => void | Promise<void>;
  readonly close?: () => Promise<void>;
}

export interface Fuzzed<T> {
  readonly name: string;
  readonly share: number;
  readonly input: fc.Arbitrary<T>;
}

/** @param holds throws where an input is not answered as it should be */
export const fuzzTarget = <T>(fuzzed: Fuzzed<T>, holds: (input: T) => void): FuzzTarget => ({
  name: fuzzed.name,
  share: fuzzed.share,
  run: async ({ inputs, seed }) => {
    await Promise.resolve();
    fc.assert(fc.property(fuzzed.input, holds), { numRuns: inputs, seed });
  },
});

/** For what has to be waited for, and may need something that stands during the whole run. */
export const slowFuzzTarget = <T>(
  fuzzed: Fuzzed<T>,
  prepare: () => Prepared<T> | Promise<Prepared<T>>,
): FuzzTarget => ({
  name: fuzzed.name,
  share: fuzzed.share,
  run: async ({ inputs, seed }) => {
    const { holds, close } = await prepare();
    try {
      const property = fc.asyncProperty(fuzzed.input, async (input) => holds(input));
      await fc.assert(property, { numRuns: inputs, seed });
    } finally {
      await close?.();
    }
  },
});
