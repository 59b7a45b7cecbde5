/** Retries requests to the connector: only what certainly did not arrive, or may arrive twice without harm. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { z } from 'zod';
import { createRetryBudget, parseRetryAfter } from '../../domain/retry-limits.ts';
import type { SendLimits } from './send-limits.ts';
import type { Place } from './rate-limiter.ts';

/** The part of the connector client's pipeline that we use. Source: @azure/core-rest-pipeline, `PipelinePolicy`. */
interface PipelineRequest {
  readonly method: string;
  readonly url: string;
  timeout: number;
  agent?: HttpAgent;
}
interface PipelineResponse {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | undefined };
}
export interface PipelinePolicy {
  readonly name: string;
  readonly sendRequest: <R extends PipelineResponse>(
    request: PipelineRequest,
    next: (request: PipelineRequest) => Promise<R>,
  ) => Promise<R>;
}

export interface RetryPolicyDeps {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly now: () => Date;
  readonly limits: SendLimits;
}

type Attempt<R> =
  { readonly kind: 'answer'; readonly response: R } | { readonly kind: 'fault'; readonly cause: unknown };

const answerWithinMilliseconds = 10_000;
const maxAttempts = 4;
const maxPause = 3_000;
const firstPause = 250;
/** Seconds. */
const defaultSilence = 1;

/** Each request opens a connection of its own; over TLS it resumes a session. */
const unshared = {
  'http:': new HttpAgent({ keepAlive: false }),
  'https:': new HttpsAgent({ keepAlive: false }),
};

export type RetryPolicyFor = (place: Place) => PipelinePolicy;

/** The first attempt has had its turn when it gets here; each retry takes one more. */
export function createRetryPolicy(deps: RetryPolicyDeps): RetryPolicyFor {
  const budget = createRetryBudget();
  const now = (): number => deps.now().getTime();
  return function policyFor(place) {
    return {
      name: 'connectorRetryPolicy',
      sendRequest: async (request, next) => {
        request.timeout = answerWithinMilliseconds;
        // One that lies idle may be closed just then, and nobody knows whether what it carried arrived.
        if (!isIdempotent(request.method)) request.agent = unshared[protocolOf(request.url)];
        budget.called(now());
        for (let attempt = 1; ; attempt += 1) {
          const result = await next(request).then(
            (response) => ({ kind: 'answer' as const, response }),
            (cause: unknown) => ({ kind: 'fault' as const, cause }),
          );
          if (result.kind === 'answer') holdOffWhenThrottled(deps, place, result.response);
          const pause =
            attempt < maxAttempts ? pauseBeforeRetry(deps, request.method, result, attempt) : undefined;
          if (pause !== undefined && budget.mayRetry(now())) {
            await deps.pause(pause);
            if ((await deps.limits.enter(place)) === undefined) continue;
          }
          if (result.kind === 'fault') throw result.cause;
          return result.response;
        }
      },
    };
  };
}

/** A 429 is meant for the whole conversation. */
function holdOffWhenThrottled(
  { limits, now }: RetryPolicyDeps,
  place: Place,
  { status, headers }: PipelineResponse,
): void {
  if (status !== 429) return;
  limits.holdOff(place, parseRetryAfter(headers.get('retry-after'), now()) ?? defaultSilence);
}

/** Milliseconds; undefined when it must not be retried, or not so soon that it is worth waiting here. */
function pauseBeforeRetry(
  deps: RetryPolicyDeps,
  method: string,
  result: Attempt<PipelineResponse>,
  attempt: number,
): number | undefined {
  const backOff = firstPause * 2 ** attempt * (0.5 + deps.random() / 2);
  if (result.kind === 'fault')
    return isIdempotent(method) || neverConnected(result.cause) ? backOff : undefined;
  const { status, headers } = result.response;
  const isRetryable =
    status === 429 || status === 412 || (isIdempotent(method) && [502, 503, 504].includes(status));
  if (!isRetryable) return undefined;
  const asked = parseRetryAfter(headers.get('retry-after'), deps.now());
  const pause = asked === undefined ? backOff : asked * 1000;
  return pause <= maxPause ? pause : undefined;
}

const protocolOf = (url: string) => (url.startsWith('https:') ? 'https:' : 'http:');

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
