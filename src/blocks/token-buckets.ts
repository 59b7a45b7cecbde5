/** Rate-limits by key: a token bucket for each, forgotten once it is full again. Reads no clock. Ours because `limiter` keeps one bucket and waits. */

export interface TokenBuckets {
  /** False when the key's bucket is empty. @param now milliseconds */
  readonly take: (key: string, now: number) => boolean;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

const sweepEvery = 60_000;

/** @param capacity how many may be taken at once, by whoever has taken none for a while */
export function createTokenBuckets(capacity: number, perSecond: number): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  let swept = 0;
  // A clock that was set back adds nothing.
  const tokensAt = ({ tokens, filledAt }: Bucket, now: number): number =>
    Math.min(capacity, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond);
  const sweep = (now: number): void => {
    swept = now;
    for (const [key, bucket] of buckets) if (tokensAt(bucket, now) >= capacity) buckets.delete(key);
  };
  return {
    take: (key, now) => {
      if (Math.abs(now - swept) >= sweepEvery) sweep(now);
      const bucket = buckets.get(key) ?? { tokens: capacity, filledAt: now };
      const tokens = tokensAt(bucket, now);
      const isThere = tokens >= 1;
      buckets.set(key, { tokens: isThere ? tokens - 1 : tokens, filledAt: now });
      return isThere;
    },
  };
}
