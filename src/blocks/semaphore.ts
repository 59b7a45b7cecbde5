/**
 * Semaphore: bounds how many tasks run at once; the others wait in their order. Ours because nobody can leave the queue of p-limit
 * or async-mutex, and p-queue gives an aborted task's place away before the task has ended.
 */

export interface SemaphoreOptions {
  /** Tasks at once; asked anew for every task that comes or ends. */
  readonly max: () => number;
  /** Resolves when a task has waited long enough and goes all the same. */
  readonly overdue?: () => Promise<unknown>;
}

export interface Semaphore {
  /** A task that comes now need not wait. */
  readonly isFree: () => boolean;
  readonly waiting: () => number;
  /** A task that waits when the signal is aborted never runs: this rejects with the signal's reason. */
  readonly run: <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
}

export function createSemaphore({ max, overdue }: SemaphoreOptions): Semaphore {
  let running = 0;
  const waiting = new Set<() => void>();
  const hasRoom = (): boolean => running < max();
  const isFree = (): boolean => hasRoom() && waiting.size === 0;
  const turn = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = (): void => {
        if (!waiting.delete(go)) return;
        signal?.removeEventListener('abort', leave);
        // Taken before it runs, so that nobody takes it twice.
        running += 1;
        resolve();
      };
      const leave = (): void => {
        waiting.delete(go);
        reject(signal?.reason as Error);
      };
      waiting.add(go);
      signal?.addEventListener('abort', leave, { once: true });
      void overdue?.().then(go);
    });
  const release = (): void => {
    running -= 1;
    for (const go of waiting) if (hasRoom()) go();
  };
  return {
    isFree,
    waiting: () => waiting.size,
    run: async (task, signal) => {
      signal?.throwIfAborted();
      if (isFree()) running += 1;
      else await turn(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
