/** Tells the sandbox's time, which can be set forward: the bot and all that is simulated around it share it. */

export interface MovableClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** @returns seconds by which it went; none, where that time is over */
  readonly setForward: (to: Date) => number;
}

export function createMovableClock(): MovableClock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  return {
    now,
    setForward: (to) => {
      const milliseconds = Math.max(0, to.getTime() - now());
      ahead += milliseconds;
      return milliseconds / 1000;
    },
  };
}
