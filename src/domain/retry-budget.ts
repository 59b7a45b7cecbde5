/** Answers for repetitions staying few: while much fails, repeating it all would only add to the load. Pure but for what it counts. */

export interface RepeatBudget {
  readonly called: (now: number) => void;
  /** Whether one more request may be repeated within this minute; counts it when it may. */
  readonly mayRepeat: (now: number) => boolean;
}

const minute = 60_000;
/** Of the calls of a minute. */
const mostPart = 0.2;
/** Where there are few calls, one fault must not use up all of it. */
const alwaysAllowed = 10;

/** Times in milliseconds. */
export function createRepeatBudget(): RepeatBudget {
  let [current, calls, repeats] = [0, 0, 0];
  const enter = (now: number): void => {
    const entered = Math.floor(now / minute);
    if (entered === current) return;
    [current, calls, repeats] = [entered, 0, 0];
  };
  return {
    called: (now) => {
      enter(now);
      calls += 1;
    },
    mayRepeat: (now) => {
      enter(now);
      if (repeats >= Math.max(alwaysAllowed, calls * mostPart)) return false;
      repeats += 1;
      return true;
    },
  };
}
