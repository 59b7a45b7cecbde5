/** Answers that Graph may give to any call, and what each must mean (rows of the table "Which answer is which"). */
import type { Answer } from '../../../src/sandbox/loopback/script.ts';
import { now } from './graph-rig.ts';

export const job = { id: 'j!Abc-1_2', status: 'running' };
export const html = '<!DOCTYPE html><html><body>Not here</body></html>';
export const asHtml = { 'content-type': 'text/html; charset=utf-8' };
export type Inner = Readonly<Record<string, unknown>>;
export const graphError = (code: string, message: string, inner?: Inner, target?: string): unknown => ({
  error: { code, message, target, innerError: inner },
});
export const inner = (code: string): Inner => ({
  code,
  'request-id': 'r-77',
  'client-request-id': 'c-1',
  date: 'x',
});
export const pending = graphError('notAllowed', 'There is one', inner('exportJobAlreadyExists'), 'j!pending');
const challenge = (claims: string): string =>
  `Bearer realm="", authorization_uri="https://login.example/authorize", client_id="x", error="insufficient_claims", claims="${claims}"`;
const claims = '{"access_token":{"nbf":{"essential":true,"value":"1735689600"}}}';

export type Row = readonly [what: string, answer: Answer, expected: unknown];
const busy = (retryAfter?: number): unknown => ({
  kind: 'unavailable',
  trouble: 'busy',
  ...(retryAfter === undefined ? {} : { retryAfter }),
  notSent: true,
});
const unreachable = { kind: 'unavailable', trouble: 'unreachable', notSent: false };
export const refused = (reason: string, message?: string): unknown => ({
  kind: 'refused',
  reason,
  requestId: 'r-77',
  ...(message === undefined ? {} : { message }),
});

export const ofAnyCall: readonly Row[] = [
  [
    'G1 401',
    { status: 401, body: graphError('InvalidAuthenticationToken', 'expired') },
    { kind: 'unauthorized' },
  ],
  [
    'G2 401 with claims',
    { status: 401, headers: { 'www-authenticate': challenge(Buffer.from(claims).toString('base64')) } },
    { kind: 'unauthorized', claims },
  ],
  [
    'G2 401 with claims in the URL-safe alphabet',
    { status: 401, headers: { 'www-authenticate': challenge(Buffer.from(claims).toString('base64url')) } },
    { kind: 'unauthorized', claims },
  ],
  [
    'G2 401 with claims that are no JSON',
    { status: 401, headers: { 'www-authenticate': challenge('bm90IGpzb24=') } },
    { kind: 'unauthorized' },
  ],
  [
    'G2 401 with claims but another error',
    {
      status: 401,
      headers: {
        'www-authenticate': challenge(Buffer.from(claims).toString('base64')).replace(
          'insufficient_claims',
          'invalid_token',
        ),
      },
    },
    { kind: 'unauthorized' },
  ],
  [
    'G3 403 Authorization_RequestDenied',
    { status: 403, body: graphError('Authorization_RequestDenied', 'Insufficient privileges', inner('x')) },
    { kind: 'consentMissing', code: 'Authorization_RequestDenied', requestId: 'r-77' },
  ],
  [
    'G3 403 Forbidden about scopes',
    {
      status: 403,
      body: graphError(
        'Forbidden',
        'Missing scope permissions. API requires one of Goals-Export.Read.All.',
        inner('x'),
      ),
    },
    { kind: 'consentMissing', code: 'Forbidden', requestId: 'r-77' },
  ],
  [
    'G4 403 Forbidden about something else',
    { status: 403, body: graphError('Forbidden', 'Not a member', inner('x')) },
    refused('noAccess', 'Not a member'),
  ],
  [
    'G4 403 accessDenied',
    { status: 403, body: graphError('accessDenied', 'No', inner('x')) },
    refused('noAccess', 'No'),
  ],
  [
    'G5 400 invalidGoalsOrganizationId',
    { status: 400, body: graphError('badRequest', 'No', inner('invalidGoalsOrganizationId')) },
    refused('notValid', 'No'),
  ],
  [
    'G5 400 Invalid JobKey',
    { status: 400, body: graphError('badRequest', 'Invalid JobKey specified', inner('unknown')) },
    refused('notValid', 'Invalid JobKey specified'),
  ],
  [
    'G5 400 unknown with another message',
    {
      status: 400,
      body: graphError('badRequest', 'Invalid filter keys found: explorerViewId', inner('unknown')),
    },
    refused('refused', 'Invalid filter keys found: explorerViewId'),
  ],
  [
    'G6 404 goalsOrganizationIdNotFound',
    { status: 404, body: graphError('notFound', 'No', inner('goalsOrganizationIdNotFound')) },
    refused('placeNotFound', 'No'),
  ],
  [
    'G6 the same, spelled innererror',
    {
      status: 404,
      body: { error: { code: 'notFound', message: 'No', innererror: inner('goalsOrganizationIdNotFound') } },
    },
    refused('placeNotFound', 'No'),
  ],
  [
    'G6 the same, one level deeper',
    {
      status: 404,
      body: graphError('notFound', 'No', {
        'request-id': 'r-77',
        innerError: { code: 'goalsOrganizationIdNotFound' },
      }),
    },
    refused('placeNotFound', 'No'),
  ],
  ['G11 429 with seconds', { status: 429, headers: { 'retry-after': '17' } }, busy(17)],
  [
    'G12 429 with a date',
    { status: 429, headers: { 'retry-after': new Date(now.getTime() + 90_000).toUTCString() } },
    busy(90),
  ],
  [
    'G12 429 with a date that is over',
    { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT' } },
    busy(1),
  ],
  [
    'G12 429 with a date far ahead',
    { status: 429, headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } },
    busy(3600),
  ],
  ['G12 429 with junk', { status: 429, headers: { 'retry-after': 'soon' } }, busy()],
  ['G13 429 without', { status: 429, headers: asHtml, body: html }, busy()],
  ['G14 500 with a Graph error', { status: 500, body: graphError('generalException', 'Oops') }, unreachable],
  ['G14 500 without a body', { status: 500 }, unreachable],
  ['G14 502 with a gateway’s page', { status: 502, headers: asHtml, body: html }, unreachable],
  [
    'G14 503 with Retry-After',
    { status: 503, headers: { 'retry-after': '40' } },
    { ...unreachable, retryAfter: 40 },
  ],
  ['G14 504 without a body', { status: 504 }, unreachable],
  [
    'G19 500 with a web page',
    { status: 500, headers: { 'content-type': 'text/html' }, body: '<html>Oops</html>' },
    { kind: 'odd', sample: '500 text/html: <html>Oops</html>' },
  ],
  [
    'G22 302 is not followed',
    { status: 302, headers: { location: '/elsewhere' } },
    { kind: 'odd', sample: '302 no type: ' },
  ],
  [
    'any other 4xx',
    { status: 422, body: graphError('unprocessable', 'Cannot', inner('x')) },
    refused('refused', 'Cannot'),
  ],
];
