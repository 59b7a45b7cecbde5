/** Queues work that failed once more, ever later: after 1 s, 2 s, 4 s … 60 s. */
import type { Log } from '../../ports/runtime.ts';

export interface RetryFailedDeps<W, R> {
  readonly work: (given: W) => Promise<R>;
  /** Queues it anew, in so many seconds. */
  readonly again: (given: W, seconds: number) => Promise<void>;
  /** Tells one piece of work from another, also in the log. */
  readonly nameOf: (given: W) => string;
  readonly log: Log;
}

const longest = 60;

/**
 * Failures in a row are counted here and not in the queue, which would count the deaths of processes as well: what a killed
 * process had in hand must come back at once, however often that happens. Rejects when the retry cannot be queued.
 */
export function createRetryFailed<W, R = void>(
  deps: RetryFailedDeps<W, R>,
): (given: W) => Promise<R | undefined> {
  const failures = new Map<string, number>();
  return async function workAndRetry(given) {
    const name = deps.nameOf(given);
    try {
      const result = await deps.work(given);
      failures.delete(name);
      return result;
    } catch (err) {
      const before = failures.get(name) ?? 0;
      const seconds = Math.min(longest, 2 ** before);
      deps.log.error({ err, work: name, seconds }, 'something due could not be worked on; it is tried again');
      failures.set(name, before + 1);
      await deps.again(given, seconds);
      return undefined;
    }
  };
}
