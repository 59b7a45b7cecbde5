/** Answers for repeating a request to the connector: only what certainly did not arrive, or may arrive twice without harm. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { z } from 'zod';
import { createRetryBudget } from '../../domain/retry-budget.ts';
import { parseRetryAfter } from '../../domain/exports/retry-after.ts';
import type { SendLimits } from './send-limits.ts';
import type { Place } from './send-slots.ts';

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

export interface DeliveryPolicyDeps {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly now: () => Date;
  readonly limits: SendLimits;
  /** For whoever counts. */
  readonly repeated?: () => void;
}

type Attempt<R> =
  { readonly kind: 'answer'; readonly response: R } | { readonly kind: 'fault'; readonly cause: unknown };

const answerWithinMilliseconds = 10_000;
const mostAttempts = 4;
const longestPause = 3_000;
const firstPause = 250;
/** Seconds. */
const silenceUnlessAsked = 1;

/** Each request opens a connection of its own; over TLS it resumes a session. */
const unshared = {
  'http:': new HttpAgent({ keepAlive: false }),
  'https:': new HttpsAgent({ keepAlive: false }),
};

export type DeliveryPolicyFor = (place: Place) => PipelinePolicy;

/** The first attempt has had its turn when it gets here; each repetition takes one more. */
export function createDeliveryPolicy(deps: DeliveryPolicyDeps): DeliveryPolicyFor {
  const budget = createRetryBudget();
  const now = (): number => deps.now().getTime();
  return function policyFor(place) {
    return {
      name: 'deliveryPolicy',
      sendRequest: async (request, next) => {
        request.timeout = answerWithinMilliseconds;
        // One that lies idle may be closed just then, and nobody knows whether what it carried arrived.
        if (!isHarmless(request.method)) request.agent = unshared[protocolOf(request.url)];
        budget.called(now());
        for (let attempt = 1; ; attempt += 1) {
          const result = await next(request).then(
            (response) => ({ kind: 'answer' as const, response }),
            (cause: unknown) => ({ kind: 'fault' as const, cause }),
          );
          if (result.kind === 'answer') heed(deps, place, result.response);
          const pause =
            attempt < mostAttempts ? pauseBeforeRepeat(deps, request.method, result, attempt) : undefined;
          if (pause !== undefined && budget.mayRetry(now())) {
            await deps.pause(pause);
            if ((await deps.limits.enter(place)) === undefined) {
              deps.repeated?.();
              continue;
            }
          }
          if (result.kind === 'fault') throw result.cause;
          return result.response;
        }
      },
    };
  };
}

/** A 429 is meant for the whole conversation. */
function heed(
  { limits, now }: DeliveryPolicyDeps,
  place: Place,
  { status, headers }: PipelineResponse,
): void {
  if (status !== 429) return;
  limits.holdOff(place, parseRetryAfter(headers.get('retry-after'), now()) ?? silenceUnlessAsked);
}

/** Milliseconds; undefined when it must not be repeated, or not so soon that it is worth waiting here. */
function pauseBeforeRepeat(
  deps: DeliveryPolicyDeps,
  method: string,
  result: Attempt<PipelineResponse>,
  attempt: number,
): number | undefined {
  const backOff = firstPause * 2 ** attempt * (0.5 + deps.random() / 2);
  if (result.kind === 'fault')
    return isHarmless(method) || neverConnected(result.cause) ? backOff : undefined;
  const { status, headers } = result.response;
  const isRepeatable =
    status === 429 || status === 412 || (isHarmless(method) && [502, 503, 504].includes(status));
  if (!isRepeatable) return undefined;
  const asked = parseRetryAfter(headers.get('retry-after'), deps.now());
  const pause = asked === undefined ? backOff : asked * 1000;
  return pause <= longestPause ? pause : undefined;
}

const protocolOf = (url: string) => (url.startsWith('https:') ? 'https:' : 'http:');

const isHarmless = (method: string): boolean => method === 'PUT' || method === 'DELETE';

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
