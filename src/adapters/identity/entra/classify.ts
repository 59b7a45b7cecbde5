/** Classifies what Entra ID refused by its OAuth words (rows E1 to E9 of the faults); numbers are hints. */
import type { TokenTrouble } from '../../../ports/user-tokens.ts';

/** What went wrong with one question to Entra ID. */
export type EntraFailure =
  /** An OAuth error answer (RFC 6749 §5.2 with Microsoft's additions). */
  | {
      readonly kind: 'oauth';
      readonly error: string;
      readonly suberror?: string;
      /** JSON text to pass on to the sign-in. */
      readonly claims?: string;
      /** AADSTS numbers. */
      readonly codes: readonly number[];
      readonly correlationId?: string;
    }
  /** No answer, 429, 5xx, or something that is no OAuth answer. Seconds. */
  | { readonly kind: 'unreachable'; readonly retryAfter?: number }
  /** There is nothing in the cache that could be renewed. */
  | { readonly kind: 'nothingToRenew' };

export type Verdict =
  | { readonly kind: 'trouble'; readonly trouble: TokenTrouble; readonly purge: boolean }
  /** The refresh token, assertion or code itself is not taken (expired, revoked, used, or never one). */
  | { readonly kind: 'grantRefused'; readonly correlationId?: string }
  /** The question was malformed: our fault, or a forged code. */
  | { readonly kind: 'requestRefused'; readonly correlationId?: string };

type OAuthFailure = Extract<EntraFailure, { kind: 'oauth' }>;

const passing = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);
const interaction = new Set(['interaction_required', 'login_required', 'access_denied']);
/** Conditions that the person lifts at the next sign-in; the refresh token stays good. */
const liftedBySigningIn = new Set([
  'basic_action',
  'additional_action',
  'message_only',
  'user_password_expired',
  'interrupted_user',
  'ui_not_allowed',
  'protection_policy_required',
]);

// Hints (learn.microsoft.com/entra/identity-platform/reference-error-codes): each only refines an `error`
// that would otherwise be read more coarsely; without them the person is asked to sign in.
const goneCodes = [50034, 50057];
const consentCodes = [65001, 90094];
const administratorCodes = [90094];
const declinedCodes = [65004];
const interactionCodes = [50076, 50078, 50079, 50158, 53000, 53001, 53002, 53003, 53004];

const has = (failure: OAuthFailure, codes: readonly number[]): boolean =>
  failure.codes.some((code) => codes.includes(code));

const correlation = ({ correlationId }: OAuthFailure): { readonly correlationId?: string } =>
  correlationId === undefined ? {} : { correlationId };

const trouble = (found: TokenTrouble, purge = false): Verdict => ({ kind: 'trouble', trouble: found, purge });

/** Whoever was offered the question and declined is asked again; else it depends on the permissions who is. */
function missingConsent(failure: OAuthFailure, mayAllow: boolean): 'adminConsent' | 'consent' | undefined {
  if (has(failure, declinedCodes)) return 'consent';
  const isMissing =
    failure.error === 'consent_required' ||
    failure.suberror === 'consent_required' ||
    (failure.error !== 'access_denied' && has(failure, consentCodes));
  if (!isMissing) return undefined;
  return mayAllow && !has(failure, administratorCodes) ? 'consent' : 'adminConsent';
}

const isLiftedBySigningIn = (failure: OAuthFailure): boolean =>
  interaction.has(failure.error) ||
  liftedBySigningIn.has(failure.suberror ?? '') ||
  has(failure, interactionCodes);

/** Errors that only say "not like this": the person's own conditions decide first. */
function classifyRefusal(failure: OAuthFailure, mayAllow: boolean): Verdict | undefined {
  if (failure.error === 'invalid_grant' && has(failure, goneCodes))
    return trouble({ kind: 'userGone' }, true);
  const consent = missingConsent(failure, mayAllow);
  if (consent !== undefined) return trouble({ kind: 'signInRequired', cause: consent });
  if (failure.claims !== undefined)
    return trouble({ kind: 'signInRequired', cause: 'claims', claims: failure.claims });
  if (isLiftedBySigningIn(failure)) return trouble({ kind: 'signInRequired', cause: 'signIn' });
  if (failure.error === 'invalid_grant') return { kind: 'grantRefused', ...correlation(failure) };
  if (failure.error === 'invalid_request') return { kind: 'requestRefused', ...correlation(failure) };
  return undefined;
}

const aboutTheApp = new Set(['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_resource']);

function classifyOAuth(failure: OAuthFailure, mayAllow: boolean): Verdict {
  if (passing.has(failure.error)) return trouble({ kind: 'unavailable' });
  const operatorFault = trouble({ kind: 'operatorFault', ...correlation(failure) });
  if (aboutTheApp.has(failure.error)) return operatorFault;
  // An error that nobody documented is one for the operator, who can quote its correlation id.
  return classifyRefusal(failure, mayAllow) ?? operatorFault;
}

/**
 * What to do about a failure, whichever grant met it.
 * @param mayAllow whether people may allow by themselves what was asked for
 */
export function classify(failure: EntraFailure, mayAllow = false): Verdict {
  switch (failure.kind) {
    case 'oauth':
      return classifyOAuth(failure, mayAllow);
    case 'unreachable': {
      const { retryAfter } = failure;
      return trouble({ kind: 'unavailable', ...(retryAfter === undefined ? {} : { retryAfter }) });
    }
    case 'nothingToRenew':
      return trouble({ kind: 'signInRequired', cause: 'signIn' });
  }
}
