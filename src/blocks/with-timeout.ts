/** Ends waiting once a time is up, by p-timeout; the work itself goes on. */
import pTimeout from 'p-timeout';

/** The value; once the time is up what `late` gives or throws. A failure that comes later is the owner's to log. */
export const withTimeout = <T, L = undefined>(
  milliseconds: number,
  work: Promise<T>,
  late: () => L = () => undefined as L,
): Promise<T | L> =>
  // p-timeout refuses a time that is up already.
  pTimeout(work, { milliseconds: Math.max(1, milliseconds), fallback: late });
