/** Says when a call may be made again: as late as its answer asks, and only while few calls have to be. */
const shortestSeconds = 1;
const longestSeconds = 3600;
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const clamp = (seconds: number): number => Math.min(longestSeconds, Math.max(shortestSeconds, seconds));

/**
 * Seconds to wait, from a `Retry-After` header (RFC 9110 §10.2.3): seconds or an HTTP date. Clamped to 1 s – 1 h;
 * `undefined` when absent or junk (the caller backs off by its own rule).
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return clamp(Number(text));
  if (!httpDate.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : clamp(Math.ceil((at - now.getTime()) / 1000));
}

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
