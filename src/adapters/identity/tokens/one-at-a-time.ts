/** Answers for order within this process: what is asked for one person happens one after the other. */

export interface OneAtATime {
  /** Runs `task` when all earlier ones of `key` are done, whether they failed or not. */
  readonly run: <T>(key: string, task: () => Promise<T>) => Promise<T>;
}

export function createOneAtATime(): OneAtATime {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: async (key, task) => {
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(task, task);
      const tail = mine.catch(() => undefined);
      tails.set(key, tail);
      try {
        return await mine;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}
