/** Answers for the claims challenge of continuous access evaluation (RFC 6750 header with Entra's `claims`, base64 of JSON). */
import { parseJson } from './goals-schema.ts';

const longestHeader = 16_384;

/** The decoded claims as JSON text; `undefined` when the answer holds no challenge that can be read. */
export function readClaimsChallenge(wwwAuthenticate: string | null): string | undefined {
  const header = wwwAuthenticate ?? '';
  if (header.length > longestHeader || !/\berror="?insufficient_claims\b/i.test(header)) return undefined;
  const encoded = /\bclaims="([A-Za-z0-9+/_=-]+)"/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  // Buffer's base64 reads the URL-safe alphabet as well.
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  const parsed = parseJson(claims);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? claims : undefined;
}
