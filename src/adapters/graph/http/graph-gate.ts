/** Holds calls to Graph back: a circuit breaker for each host, a rate limiter for each tenant, both of this process. */
import { createHash } from 'node:crypto';
import type { Clock, Log } from '../../../ports/runtime.ts';
import { parseRetryAfter } from '../../../domain/retry-limits.ts';
import { admitCall, afterCall, closedBreaker, type Breaker, type CallResult } from './circuit-breaker.ts';
import { headOf, type Answered, type GraphHttp, type GraphRequest, type NoAnswer } from './graph-http.ts';
import { fullBucket, isIdle, pauseFor, takeToken, type TenantBucket } from './tenant-bucket.ts';
import { tenantOfToken } from './token-tenant.ts';

export interface GraphGateDeps {
  readonly http: GraphHttp;
  readonly clock: Clock;
  readonly log: Log;
  readonly watch?: GateWatch | undefined;
}

/** For the metrics. */
export interface GateWatch {
  readonly callHeldBack: (why: 'tenant' | 'host') => void;
  readonly breakerMoved: (host: string, to: Breaker['kind']) => void;
  /** Seconds that Graph's clock is ahead of ours. */
  readonly clockSkewed?: (seconds: number) => void;
}

const maxRemembered = 1_000;

/** What is held back is `unavailable`, not sent, with the seconds to come back after; a redirect's host has no tenant's bucket. */
export function createGraphGate(deps: GraphGateDeps): GraphHttp {
  const { http, clock } = deps;
  const breakers = createBreakers(deps);
  const buckets = createBuckets();
  const tenantOf = createTenantOf();
  const guarded =
    <A extends Answered>(call: (request: GraphRequest) => Promise<A>) =>
    async (request: GraphRequest): Promise<A | NoAnswer> => {
      const { accessToken } = request;
      const tenant = accessToken === undefined ? undefined : tenantOf(accessToken);
      const seconds = tenant === undefined ? undefined : buckets.secondsToWait(tenant, clock.now().getTime());
      if (seconds !== undefined) {
        deps.watch?.callHeldBack('tenant');
        return heldBack('busy', seconds);
      }
      const { host } = new URL(request.url);
      const closed = breakers.admit(host);
      if (closed !== undefined) return closed;
      const answer = await call(request);
      const result = resultOf(answer, request);
      if (result !== undefined) breakers.record(host, result);
      const pause = secondsOfPause(answer, clock.now());
      if (tenant !== undefined && pause !== undefined) buckets.pause(tenant, pause, clock.now().getTime());
      return answer;
    };
  return { ...http, ask: guarded(http.ask), open: guarded(http.open) };
}

const heldBack = (trouble: NoAnswer['trouble'], retryAfter: number): NoAnswer => ({
  kind: 'unavailable',
  trouble,
  retryAfter,
  notSent: true,
});

function createBreakers({ clock, log, watch }: GraphGateDeps) {
  const breakers = new Map<string, Breaker>();
  const now = (): number => clock.now().getTime();
  const of = (host: string): Breaker => breakers.get(host) ?? closedBreaker(now());
  const keep = (host: string, breaker: Breaker): void => {
    const before = of(host).kind;
    breakers.set(host, breaker);
    if (before === breaker.kind) return;
    watch?.breakerMoved(host, breaker.kind);
    if (breaker.kind === 'closed') log.info({ host }, 'a host works again');
    if (breaker.kind !== 'open') return;
    if (breaker.trouble === 'insecure')
      log.error({ host }, 'the certificate of a host is not to be trusted: nothing is sent to it for 30 s');
    else log.error({ host }, 'a host does not work: nothing is sent to it for 30 s');
  };
  return {
    admit: (host: string): NoAnswer | undefined => {
      const admission = admitCall(of(host), now());
      if (admission.kind === 'heldBack') {
        watch?.callHeldBack('host');
        return heldBack(admission.trouble, admission.seconds);
      }
      keep(host, admission.breaker);
      return undefined;
    },
    record: (host: string, result: CallResult): void => keep(host, afterCall(of(host), result, now())),
  };
}

function createBuckets() {
  const buckets = new Map<string, TenantBucket>();
  const forgetIdle = (now: number): void => {
    for (const [tenant, bucket] of buckets) if (isIdle(bucket, now)) buckets.delete(tenant);
  };
  return {
    secondsToWait: (tenant: string, now: number): number | undefined => {
      if (buckets.size >= maxRemembered && !buckets.has(tenant)) forgetIdle(now);
      const taken = takeToken(buckets.get(tenant) ?? fullBucket(now), now);
      buckets.set(tenant, taken.bucket);
      return taken.kind === 'heldBack' ? taken.seconds : undefined;
    },
    pause: (tenant: string, seconds: number, now: number): void => {
      buckets.set(tenant, pauseFor(buckets.get(tenant) ?? fullBucket(now), seconds, now));
    },
  };
}

/** Undefined when it says nothing about the host: the reader went away. */
function resultOf(answer: Answered, { signal }: GraphRequest): CallResult | undefined {
  if (answer.kind !== 'unavailable') return (headOf(answer)?.status ?? 0) >= 500 ? 'unreachable' : 'works';
  if (signal?.aborted === true) return undefined;
  return answer.trouble === 'insecure' ? 'insecure' : 'unreachable';
}

function secondsOfPause(answer: Answered, now: Date): number | undefined {
  const head = headOf(answer);
  return head?.status === 429 ? parseRetryAfter(head.headers.get('retry-after'), now) : undefined;
}

const mostTokens = 10_000;

/**
 * The token's tenant where it can be read; else each token counts for itself. A grouping only. A token is used for an hour, and read
 * once.
 */
function createTenantOf(): (accessToken: string) => string {
  const known = new Map<string, string>();
  return function tenantOf(accessToken) {
    const found = known.get(accessToken);
    if (found !== undefined) return found;
    if (known.size >= mostTokens) known.clear();
    const tenant = tenantOfToken(accessToken) ?? createHash('sha256').update(accessToken).digest('base64url');
    known.set(accessToken, tenant);
    return tenant;
  };
}
