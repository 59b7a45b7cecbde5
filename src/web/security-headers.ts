/** Sets the headers that every response carries, and each page's content security policy. */
import type { ServerResponse } from 'node:http';

const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
};

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ownFiles = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For pages that stand alone or in a pop-up. `teams` adds the one address that teams-js reads: its list of Teams' own hosts. */
export const pagePolicy = (needs: { readonly teams: boolean }): string =>
  [...ownFiles, ...(needs.teams ? ['connect-src https://res.cdn.office.net'] : [])].join('; ');

/** A page replaces the policy and, where it may be kept, the cache rule. */
export function setSecurityHeaders(response: ServerResponse, publicUrl: URL): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  response.setHeader('Content-Security-Policy', nothing);
  if (publicUrl.protocol === 'https:') response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
