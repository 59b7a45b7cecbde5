/** Answers for work of this process that must be done one after the other: who is next, and how many may wait. */

export interface SingleFile {
  /** True when nothing is under way; whoever gets true calls `leave`. */
  readonly enterAtOnce: () => boolean;
  /** True when it is one's turn, false when too many wait already. */
  readonly enter: () => Promise<boolean>;
  /** The next one's turn. */
  readonly leave: () => void;
}

export function createSingleFile(mostWaiting: number): SingleFile {
  let isTaken = false;
  const waiting: (() => void)[] = [];
  const enterAtOnce = (): boolean => {
    if (isTaken) return false;
    isTaken = true;
    return true;
  };
  return {
    enterAtOnce,
    enter: async () => {
      if (enterAtOnce()) return true;
      if (waiting.length >= mostWaiting) return false;
      await new Promise<void>((resolve) => waiting.push(resolve));
      return true;
    },
    leave: () => {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    },
  };
}
