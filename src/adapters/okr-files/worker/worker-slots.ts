/** Answers for how many files are worked on at once; the rest waits its turn. */

export interface WorkerSlots {
  /** Waiting ends with the signal's reason when it is aborted. */
  readonly use: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
}

export function createWorkerSlots(most: number): WorkerSlots {
  const waiting = new Set<() => void>();
  let free = most;
  const take = async (signal: AbortSignal): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const start = (): void => resolve(undefined);
    const onAbort = (): void => {
      // At once: a turn given to one who left would be lost.
      waiting.delete(start);
      reject(signal.reason as Error);
    };
    waiting.add(start);
    signal.addEventListener('abort', onAbort, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', onAbort));
  };
  const give = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      // Its turn is taken before it runs, so that nobody takes it twice.
      waiting.delete(next);
      next();
    }
  };
  return {
    use: async (signal, work) => {
      signal.throwIfAborted();
      await take(signal);
      try {
        return await work();
      } finally {
        give();
      }
    },
  };
}
