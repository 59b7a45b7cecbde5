/** Makes a clock that moves on only when everybody who takes part waits for it: hours of waiting pass at once, in the right order. */

export interface VirtualTime {
  readonly now: () => Date;
  /** Only for those who take part. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Runs all of them until each has ended. */
  readonly run: (participants: readonly (() => Promise<void>)[]) => Promise<void>;
}

export function createVirtualTime(start: Date): VirtualTime {
  let now = start.getTime();
  let awake = 0;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const sleep = (): void => {
    awake -= 1;
    const until = Math.min(...sleepers.map((sleeper) => sleeper.until));
    if (awake > 0 || sleepers.length === 0) return;
    now = until;
    for (const sleeper of sleepers.splice(0)) {
      if (sleeper.until > until) sleepers.push(sleeper);
      else {
        awake += 1;
        sleeper.wake();
      }
    }
  };
  return {
    now: () => new Date(now),
    pause: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: now + milliseconds, wake });
        sleep();
      }),
    run: async (participants) => {
      awake += participants.length;
      await Promise.all(participants.map((participant) => participant().finally(sleep)));
    },
  };
}
