/** Makes token endpoint errors of Entra ID by what they mean; shapes and numbers as Microsoft documents them. */
import { randomUUID } from 'node:crypto';
import type { Answer } from '../loopback/script.ts';

type Facts = Readonly<{ status?: number; error: string; number: number; suberror?: string; message: string }>;

const facts = {
  consentRequired: {
    error: 'invalid_grant',
    number: 65001,
    suberror: 'consent_required',
    message: 'The user or administrator has not consented to use the application.',
  },
  adminConsentRequired: {
    error: 'invalid_grant',
    number: 90094,
    suberror: 'consent_required',
    message: 'The grant requires administrator permission.',
  },
  interactionRequired: {
    error: 'interaction_required',
    number: 50076,
    suberror: 'basic_action',
    message: 'Due to a configuration change you must use multi-factor authentication to access the resource.',
  },
  blockedByPolicy: {
    error: 'interaction_required',
    number: 53003,
    suberror: 'message_only',
    message: 'Access has been blocked by Conditional Access policies.',
  },
  assertionInvalid: {
    error: 'invalid_grant',
    number: 50013,
    message: 'Assertion failed signature or audience validation.',
  },
  assertionExpired: {
    error: 'invalid_grant',
    number: 500133,
    message: 'Assertion is not within its valid time range.',
  },
  refreshExpired: {
    error: 'invalid_grant',
    number: 700082,
    message: 'The refresh token has expired due to inactivity.',
  },
  signInTooOld: {
    error: 'invalid_grant',
    number: 70043,
    suberror: 'token_expired',
    message: 'The refresh token has expired due to sign-in frequency checks by Conditional Access.',
  },
  refreshRevoked: {
    error: 'invalid_grant',
    number: 50173,
    suberror: 'bad_token',
    message: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
  },
  refreshReused: {
    error: 'invalid_grant',
    number: 70000,
    suberror: 'bad_token',
    message: 'The refresh token was already used.',
  },
  userDisabled: { error: 'invalid_grant', number: 50057, message: 'The user account is disabled.' },
  userGone: {
    error: 'invalid_grant',
    number: 50034,
    message: 'The user account does not exist in the directory.',
  },
  appUnknown: {
    error: 'unauthorized_client',
    number: 700016,
    message: 'Application was not found in the directory.',
  },
  secretWrong: {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    message: 'Invalid client secret provided.',
  },
  secretExpired: {
    status: 401,
    error: 'invalid_client',
    number: 7000222,
    message: 'The provided client secret keys are expired.',
  },
  certificateWrong: {
    status: 401,
    error: 'invalid_client',
    number: 700027,
    message: 'The client assertion failed signature validation.',
  },
  /** What the discovery documents answer; the token endpoint says the same in other words. */
  tenantMissing: { error: 'invalid_tenant', number: 90002, message: 'Tenant not found.' },
  tenantUnknown: { error: 'invalid_request', number: 90002, message: 'Tenant not found.' },
  codeUsed: {
    error: 'invalid_grant',
    number: 54005,
    message: 'The authorization code was already redeemed.',
  },
  codeInvalid: {
    error: 'invalid_grant',
    number: 70008,
    message: 'The authorization code is invalid or has expired.',
  },
  verifierWrong: {
    error: 'invalid_grant',
    number: 501481,
    message: 'The code_verifier does not match the code_challenge.',
  },
  redirectWrong: {
    error: 'invalid_grant',
    number: 500112,
    message: 'The reply address does not match the one of the authorize request.',
  },
  scopeInvalid: {
    error: 'invalid_scope',
    number: 70011,
    message: 'The provided value for the input parameter scope is not valid.',
  },
  grantUnsupported: {
    error: 'unsupported_grant_type',
    number: 70003,
    message: 'The app requested an unsupported grant type.',
  },
  throttled: { status: 429, error: 'temporarily_unavailable', number: 90055, message: 'Too many requests.' },
  unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    number: 90033,
    message: 'A transient error has occurred.',
  },
  /** A number that nobody knows: clients decide by `error` and `suberror`. */
  unknownNumber: { error: 'invalid_grant', number: 9999999, message: 'Something new.' },
} as const satisfies Readonly<Record<string, Facts>>;

export type EntraErrorName = keyof typeof facts;

export type EntraErrorOptions = Readonly<{
  /** The JSON of a claims challenge. */
  claims?: string;
  retryAfterSeconds?: number;
}>;

export const entraError = (name: EntraErrorName, options: EntraErrorOptions = {}): Answer => {
  const { status = 400, error, number, suberror, message }: Facts = facts[name];
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+/, '');
  return {
    status,
    headers: {
      'cache-control': 'no-store',
      'x-ms-request-id': trace,
      ...(options.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(options.retryAfterSeconds) }),
    },
    body: {
      error,
      error_description: `AADSTS${number}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
      ...(suberror === undefined ? {} : { suberror }),
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    },
  };
};

/** The same fact as `error` and `error_description` for a redirect back to the app. */
export const entraErrorQuery = (
  name: EntraErrorName,
): Readonly<{ error: string; error_description: string }> => {
  const { error, number, suberror, message }: Facts = facts[name];
  return {
    error: suberror === 'consent_required' ? suberror : error,
    error_description: `AADSTS${number}: ${message}`,
  };
};
