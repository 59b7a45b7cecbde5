/** Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds or an HTTP date. */
const shortestSeconds = 1;
const longestSeconds = 3600;
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const clamp = (seconds: number): number => Math.min(longestSeconds, Math.max(shortestSeconds, seconds));

/** Seconds to wait, clamped to 1 s – 1 h; `undefined` when absent or junk (the caller backs off by its own rule). */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return clamp(Number(text));
  if (!httpDate.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : clamp(Math.ceil((at - now.getTime()) / 1000));
}
