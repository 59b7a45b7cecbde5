/** Answers for work of this process of which only so much may be under way: who is next, and how many may wait. */

export interface Lane {
  /** True when there is room; whoever gets true calls `leave`. */
  readonly enterAtOnce: () => boolean;
  /** True when it is one's turn, false when too many wait already. */
  readonly enter: () => Promise<boolean>;
  /** The next one's turn. */
  readonly leave: () => void;
}

export function createLane({
  atOnce,
  waiting: most,
}: {
  readonly atOnce: number;
  readonly waiting: number;
}): Lane {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const enterAtOnce = (): boolean => {
    if (underWay >= atOnce) return false;
    underWay += 1;
    return true;
  };
  return {
    enterAtOnce,
    enter: async () => {
      if (enterAtOnce()) return true;
      if (waiting.length >= most) return false;
      await new Promise<void>((resolve) => waiting.push(resolve));
      return true;
    },
    leave: () => {
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    },
  };
}
