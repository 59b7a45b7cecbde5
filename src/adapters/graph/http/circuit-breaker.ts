/** Decides when to leave a failing host alone: a pure circuit breaker. Times in milliseconds. Ours because cockatiel's does not say when to come back. */
import type { TroubleKind } from '../../../domain/exports/export-job.ts';

export type Breaker =
  | { readonly kind: 'closed'; readonly since: number; readonly calls: number; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number; readonly trouble: TroubleKind }
  /** One call tries whether the host works again; `since` is when it left. */
  | { readonly kind: 'halfOpen'; readonly since: number; readonly trouble: TroubleKind };

export type Admission =
  | { readonly kind: 'go'; readonly breaker: Breaker }
  | { readonly kind: 'heldBack'; readonly seconds: number; readonly trouble: TroubleKind };

/** `insecure` is a certificate that nobody vouches for, or broken TLS. */
export type CallResult = 'works' | 'unreachable' | 'insecure';

const countedFor = 30_000;
const fewestCalls = 20;
const openFor = 30_000;
/** A probe's answer takes 30 s at most; one that is never heard of again must not hold everything back for ever. */
const probeFor = 60_000;
const whileProbing = 5;

export const closedBreaker = (now: number): Breaker => ({
  kind: 'closed',
  since: now,
  calls: 0,
  failures: 0,
});

export function admitCall(breaker: Breaker, now: number): Admission {
  switch (breaker.kind) {
    case 'closed':
      return { kind: 'go', breaker };
    case 'open': {
      const { until, trouble } = breaker;
      // No breaker stays open for longer: the clock was set back.
      return now >= until || until - now > openFor
        ? { kind: 'go', breaker: { kind: 'halfOpen', since: now, trouble } }
        : { kind: 'heldBack', seconds: Math.ceil((until - now) / 1000), trouble };
    }
    case 'halfOpen':
      return Math.abs(now - breaker.since) >= probeFor
        ? { kind: 'go', breaker: { ...breaker, since: now } }
        : { kind: 'heldBack', seconds: whileProbing, trouble: breaker.trouble };
  }
}

/** Opens at half of at least 20 calls within half a minute, or at the first sign that somebody else answers in the host's name. */
export function afterCall(breaker: Breaker, result: CallResult, now: number): Breaker {
  if (result === 'insecure') return open(now, 'insecure');
  switch (breaker.kind) {
    case 'open':
      // A call that left before.
      return breaker;
    case 'halfOpen':
      return result === 'works' ? closedBreaker(now) : open(now, 'unreachable');
    case 'closed': {
      const isOver = Math.abs(now - breaker.since) >= countedFor;
      const { since, calls, failures } = isOver ? { since: now, calls: 0, failures: 0 } : breaker;
      const counted = { calls: calls + 1, failures: failures + (result === 'works' ? 0 : 1) };
      return counted.calls >= fewestCalls && counted.failures * 2 >= counted.calls
        ? open(now, 'unreachable')
        : { kind: 'closed', since, ...counted };
    }
  }
}

const open = (now: number, trouble: TroubleKind): Breaker => ({
  kind: 'open',
  until: now + openFor,
  trouble,
});
