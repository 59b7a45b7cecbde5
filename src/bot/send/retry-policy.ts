/** Retries requests to the connector: only what certainly did not arrive, or may arrive twice without harm. */
import { z } from 'zod';
import { createRetryBudget, parseRetryAfter } from '../../domain/retry-limits.ts';
import type { SendLimits } from './send-limits.ts';
import type { Place } from './rate-limiter.ts';

export interface RetryPolicyDeps {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly now: () => Date;
  readonly limits: SendLimits;
}

interface Answer {
  readonly status: number;
  /** The header as it came. */
  readonly retryAfter: string | undefined;
}

type Attempt<A extends Answer> =
  { readonly kind: 'answer'; readonly answer: A } | { readonly kind: 'fault'; readonly cause: unknown };

const maxAttempts = 4;
const maxPause = 3_000;
const firstPause = 250;
/** Seconds. */
const defaultSilence = 1;

/** The last attempt's answer, or what it was rejected with. The first attempt has had its turn; each retry takes one more. */
export type Retry = <A extends Answer>(place: Place, method: string, send: () => Promise<A>) => Promise<A>;

export function createRetryPolicy(deps: RetryPolicyDeps): Retry {
  const budget = createRetryBudget();
  const now = (): number => deps.now().getTime();
  return async function retry(place, method, send) {
    budget.called(now());
    for (let attempt = 1; ; attempt += 1) {
      const result = await send().then(
        (answer) => ({ kind: 'answer' as const, answer }),
        (cause: unknown) => ({ kind: 'fault' as const, cause }),
      );
      if (result.kind === 'answer') holdOffWhenThrottled(deps, place, result.answer);
      const pause = attempt < maxAttempts ? pauseBeforeRetry(deps, method, result, attempt) : undefined;
      if (pause !== undefined && budget.mayRetry(now())) {
        await deps.pause(pause);
        if ((await deps.limits.enter(place)) === undefined) continue;
      }
      if (result.kind === 'fault') throw result.cause;
      return result.answer;
    }
  };
}

/** A 429 is meant for the whole conversation. */
function holdOffWhenThrottled(
  { limits, now }: RetryPolicyDeps,
  place: Place,
  { status, retryAfter }: Answer,
): void {
  if (status !== 429) return;
  limits.holdOff(place, parseRetryAfter(retryAfter, now()) ?? defaultSilence);
}

/** Milliseconds; undefined when it must not be retried, or not so soon that it is worth waiting here. */
function pauseBeforeRetry(
  deps: RetryPolicyDeps,
  method: string,
  result: Attempt<Answer>,
  attempt: number,
): number | undefined {
  const backOff = firstPause * 2 ** attempt * (0.5 + deps.random() / 2);
  if (result.kind === 'fault')
    return isIdempotent(method) || neverConnected(result.cause) ? backOff : undefined;
  const { status, retryAfter } = result.answer;
  const isRetryable =
    status === 429 || status === 412 || (isIdempotent(method) && [502, 503, 504].includes(status));
  if (!isRetryable) return undefined;
  const asked = parseRetryAfter(retryAfter, deps.now());
  const pause = asked === undefined ? backOff : asked * 1000;
  return pause <= maxPause ? pause : undefined;
}

const isIdempotent = (method: string): boolean => method === 'PUT' || method === 'DELETE';

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
