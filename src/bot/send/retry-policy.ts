/** Retries requests to the connector: only what certainly did not arrive, or may arrive twice without harm. */
import * as z from 'zod';
import { createRetryBudget, parseRetryAfter } from '../../domain/retry-limits.ts';
import { ConnectorError } from './connector-client.ts';
import type { SendLimits } from './send-limits.ts';
import type { Place } from './rate-limiter.ts';

export interface RetryPolicyDeps {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly now: () => Date;
  readonly limits: SendLimits;
}

const maxAttempts = 4;
const maxPause = 3_000;
const firstPause = 250;
/** Seconds. */
const defaultSilence = 1;

/** Rejects as the last attempt does. The first attempt has had its turn when it gets here; each retry takes one more. */
export type Retry = <R>(place: Place, how: How, send: () => Promise<R>) => Promise<R>;

/** A new message may not arrive twice; changing one that stands there, or taking it away, may. */
export type How = 'post' | 'change';

export function createRetryPolicy(deps: RetryPolicyDeps): Retry {
  const budget = createRetryBudget();
  const now = (): number => deps.now().getTime();
  return async function retry(place, how, send) {
    budget.called(now());
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send();
      } catch (cause) {
        const refusal = cause instanceof ConnectorError ? cause.answer : undefined;
        if (refusal?.status === 429) holdOff(deps, place, refusal);
        const mayArriveTwice = how === 'change';
        const backOff = firstPause * 2 ** attempt * (0.5 + deps.random() / 2);
        const pause =
          refusal === undefined
            ? pauseAfterFault(cause, mayArriveTwice, backOff)
            : pauseAfterRefusal(refusal, mayArriveTwice, backOff, deps.now());
        if (attempt === maxAttempts || pause === undefined || !budget.mayRetry(now())) throw cause;
        await deps.pause(pause);
        if ((await deps.limits.enter(place)) !== undefined) throw cause;
      }
    }
  };
}

/** Meant for the whole conversation. */
function holdOff(
  { limits, now }: RetryPolicyDeps,
  place: Place,
  { retryAfter }: ConnectorError['answer'],
): void {
  limits.holdOff(place, parseRetryAfter(retryAfter, now()) ?? defaultSilence);
}

/** Milliseconds; undefined when it must not be retried. */
const pauseAfterFault = (cause: unknown, mayArriveTwice: boolean, backOff: number): number | undefined =>
  mayArriveTwice || neverConnected(cause) ? backOff : undefined;

/** Also undefined when it may be retried, but not so soon that it is worth waiting here. */
function pauseAfterRefusal(
  { status, retryAfter }: ConnectorError['answer'],
  mayArriveTwice: boolean,
  backOff: number,
  now: Date,
): number | undefined {
  const isRetryable =
    status === 429 || status === 412 || (mayArriveTwice && [502, 503, 504].includes(status));
  if (!isRetryable) return undefined;
  const asked = parseRetryAfter(retryAfter, now);
  const pause = asked === undefined ? backOff : asked * 1000;
  return pause <= maxPause ? pause : undefined;
}

const fault = z.object({ code: z.string() });
const beforeConnection: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** True when no byte of the request can have left. */
export function neverConnected(cause: unknown): boolean {
  const reading = fault.safeParse(cause);
  return reading.success && beforeConnection.has(reading.data.code);
}
