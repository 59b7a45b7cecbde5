/** Rate-limits one tenant's calls: a pure token bucket that a 429 pauses. Times in milliseconds. Ours because bottleneck queues calls and does not say when to come back. */

export interface TenantBucket {
  /** Calls that may go at once. */
  readonly tokens: number;
  readonly filledAt: number;
  /** Graph asked for patience until then. */
  readonly pausedUntil: number;
  /** When the last one that was held back comes back. */
  readonly expectedBack: number;
}

export type Taken =
  | { readonly kind: 'go'; readonly bucket: TenantBucket }
  | { readonly kind: 'heldBack'; readonly bucket: TenantBucket; readonly seconds: number };

/** Graph's limit for exports is not documented: this is more than 10,000 open exports of one tenant ask in a usual minute. */
const maxTokens = 400;
const perSecond = 200;
/** Whoever is held back comes back in turn, but not later than a minute after the first. */
const furthestBack = 60_000;
const longestPause = 3_600_000;

export const fullBucket = (now: number): TenantBucket => ({
  tokens: maxTokens,
  filledAt: now,
  pausedUntil: 0,
  expectedBack: 0,
});

export function takeToken(given: TenantBucket, now: number): Taken {
  const bucket = { ...given, tokens: tokensAt(given, now), filledAt: now };
  const pause = pauseLeft(bucket, now);
  if (pause === 0 && bucket.tokens >= 1)
    return { kind: 'go', bucket: { ...bucket, tokens: bucket.tokens - 1 } };
  const soonest = now + pause;
  const inTurn = Math.max(bucket.expectedBack, soonest) + 1000 / perSecond;
  const expectedBack = Math.min(inTurn, soonest + furthestBack);
  return {
    kind: 'heldBack',
    bucket: { ...bucket, expectedBack },
    seconds: Math.max(1, Math.ceil((expectedBack - now) / 1000)),
  };
}

export const pauseFor = (bucket: TenantBucket, seconds: number, now: number): TenantBucket => ({
  ...bucket,
  pausedUntil: Math.max(pauseLeft(bucket, now) + now, now + seconds * 1000),
});

/** Nothing that forgetting it would change. */
export const isIdle = (bucket: TenantBucket, now: number): boolean =>
  pauseLeft(bucket, now) === 0 && tokensAt(bucket, now) === maxTokens;

/** A clock that was set back adds nothing and takes nothing. */
const tokensAt = ({ tokens, filledAt }: TenantBucket, now: number): number =>
  Math.min(maxTokens, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);

const pauseLeft = ({ pausedUntil }: TenantBucket, now: number): number => {
  const left = pausedUntil - now;
  return left > 0 && left <= longestPause ? left : 0;
};
