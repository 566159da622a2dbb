/** A bucket for each person: so many requests at once, then as many as trickle in. Knows no names, forgets who is quiet. */
export interface RateLimit {
  /** Takes one; the seconds to wait when there is none. */
  take(who: string): number | undefined;
}

interface RateLimitOptions {
  readonly now: () => Date;
  /** Requests at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** People kept in mind; a full bucket is as good as none. */
const MAX_BUCKETS = 10_000;

export function createRateLimit({ now, burst, perSecond }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();

  function forgetQuiet(at: number): void {
    for (const [who, bucket] of buckets) if (tokensAt(bucket, at) >= burst) buckets.delete(who);
  }

  const tokensAt = ({ tokens, at }: { readonly tokens: number; readonly at: number }, later: number): number =>
    // A clock that was put back gives nothing and takes nothing.
    Math.min(burst, tokens + (Math.max(0, later - at) / 1000) * perSecond);

  return {
    take(who) {
      const at = now().getTime();
      const tokens = tokensAt(buckets.get(who) ?? { tokens: burst, at }, at);
      if (tokens < 1) return Math.ceil((1 - tokens) / perSecond);
      if (buckets.size >= MAX_BUCKETS) forgetQuiet(at);
      buckets.set(who, { tokens: tokens - 1, at });
      return undefined;
    },
  };
}
