/** Limits retries to a share of the calls: while much fails, retrying it all would only add to the load. */
export interface RetryBudget {
  readonly called: (now: number) => void;
  /** Whether one more request may be retried within this minute; counts it when it may. */
  readonly mayRetry: (now: number) => boolean;
}

const minute = 60_000;
/** Of the calls of a minute. */
const maxShare = 0.2;
/** Where there are few calls, one fault must not use up all of it. */
const alwaysAllowed = 10;

/** Times in milliseconds. */
export function createRetryBudget(): RetryBudget {
  let [current, calls, retries] = [0, 0, 0];
  const enter = (now: number): void => {
    const entered = Math.floor(now / minute);
    if (entered === current) return;
    [current, calls, retries] = [entered, 0, 0];
  };
  return {
    called: (now) => {
      enter(now);
      calls += 1;
    },
    mayRetry: (now) => {
      enter(now);
      if (retries >= Math.max(alwaysAllowed, calls * maxShare)) return false;
      retries += 1;
      return true;
    },
  };
}
