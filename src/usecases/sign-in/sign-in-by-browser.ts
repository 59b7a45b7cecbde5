/** Signs somebody in with the button: the browser goes to Entra ID and comes back, and what waited goes on. */
import { createHash } from 'node:crypto';
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Chance, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { SignInRequest } from '../../ports/sign-ins.ts';
import type { SignInAnswer, UserTokens } from '../../ports/user-tokens.ts';
import {
  afterSignIn,
  isAboutConsent,
  queueRefusal,
  recordFailure,
  type AfterSignInDeps,
} from './after-sign-in.ts';
import { scopesOf, wantedOf, wantedSources, type WantedSourcesDeps } from './wanted-sources.ts';

export interface SignInByBrowserDeps extends WantedSourcesDeps, AfterSignInDeps {
  readonly stores: Pick<Stores, 'signIns' | 'attempts' | 'exports'>;
  readonly tokens: Pick<UserTokens, 'authorizeUrl' | 'redeem' | 'adminConsentUrl'>;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly transact: Transact;
  readonly log: Log;
}

/** @param requestId from the link on the prompt; knowing it proves nothing, the account signed in with must be the asked person's */
export type BeginSignIn = (
  requestId: string,
) => Promise<{ readonly kind: 'go'; readonly url: string } | { readonly kind: 'unknown' }>;

/** `requestId` allows another try; `adminConsentUrl` may be forwarded to an administrator. */
export type FinishOutcome =
  | { readonly kind: 'signedIn'; readonly nonce: string }
  | {
      readonly kind:
        | 'wrongPerson'
        | 'used'
        | 'expired'
        | 'unknown'
        | 'declined'
        | 'consentNeeded'
        | 'unavailable'
        | 'operatorFault'
        | 'notAccepted';
      readonly requestId?: string;
      readonly adminConsentUrl?: string;
      /** Entra ID's own, to quote to support. */
      readonly correlationId?: string;
    };

/** What the browser brings back: a code, or why there is none (RFC 6749 §4.1.2). */
export type FinishSignIn = (given: {
  readonly state: string;
  readonly code?: string;
  readonly error?: { readonly code: string; readonly description?: string };
}) => Promise<FinishOutcome>;

/** The end page's nonce, brought by Teams: true once, for the person who signed in. */
export type VerifyState = (given: {
  readonly requester: Requester;
  readonly nonce: string;
}) => Promise<boolean>;

export interface SignInByBrowser {
  readonly begin: BeginSignIn;
  readonly finish: FinishSignIn;
  readonly verifyState: VerifyState;
}

const lifetimeSeconds = 600;

export const createSignInByBrowser = (deps: SignInByBrowserDeps): SignInByBrowser => ({
  begin: (requestId) => begin(deps, requestId),
  finish: (given) => finish(deps, given),
  verifyState: ({ requester, nonce }) => deps.stores.attempts.useNonce(nonce, requester),
});

async function begin(deps: SignInByBrowserDeps, requestId: string): ReturnType<BeginSignIn> {
  const request = await deps.stores.signIns.find(requestId);
  if (request === undefined) return { kind: 'unknown' };
  const state = deps.chance.newSecret();
  const verifier = deps.chance.newSecret();
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  await deps.stores.attempts.begin(state, { requestId, verifier }, lifetimeSeconds);
  const wanted = await wantedOf(deps, request.person);
  const url = await deps.tokens.authorizeUrl(request.person, {
    state,
    challenge,
    scopes: scopesOf(wanted.sources),
    ...present({ claims: request.claims ?? wanted.claims }),
  });
  return { kind: 'go', url };
}

async function finish(
  deps: SignInByBrowserDeps,
  { state, code, error }: Parameters<FinishSignIn>[0],
): Promise<FinishOutcome> {
  const redeemed = await deps.stores.attempts.redeem(state);
  if (redeemed.kind !== 'open') return { kind: redeemed.kind };
  const { requestId, verifier } = redeemed.attempt;
  const request = await deps.stores.signIns.find(requestId);
  // Answered in the meantime, in another tab or client.
  if (request === undefined) return { kind: 'used' };
  if (code === undefined) return withoutCode(deps, request, error?.code);
  const { person } = request;
  const [sources, after] = await Promise.all([
    wantedSources(deps, person),
    afterSignIn(deps, person, 'browser'),
  ]);
  const grant = { code, verifier, scopes: scopesOf(sources) };
  const answer = await deps.tokens.redeem(person, grant, after.alongside);
  if (answer.kind === 'signedIn') after.act();
  deps.log.info({ tenantId: person.tenantId, signIn: answer.kind }, 'a sign-in came back from the browser');
  return settle(deps, request, answer);
}

async function withoutCode(
  deps: SignInByBrowserDeps,
  request: SignInRequest,
  error: string | undefined,
): Promise<FinishOutcome> {
  const requestId = request.id;
  if (error === 'access_denied') return without('declined');
  if (error === 'consent_required')
    return settle(deps, request, { kind: 'signInRequired', cause: 'adminConsent' });
  if (error === 'temporarily_unavailable' || error === 'server_error') return without('unavailable');
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return settle(deps, request, { kind: 'operatorFault' });
  return without('notAccepted');
  async function without(kind: 'declined' | 'unavailable' | 'notAccepted'): Promise<FinishOutcome> {
    await recordFailure(deps, request.person, kind);
    return { kind, requestId };
  }
}

async function settle(
  deps: SignInByBrowserDeps,
  request: SignInRequest,
  answer: SignInAnswer,
): Promise<FinishOutcome> {
  const { id: requestId, person } = request;
  const [asked] = isAboutConsent(answer) ? await wantedSources(deps, person) : [];
  await queueRefusal(deps, person, answer, asked?.name);
  switch (answer.kind) {
    case 'signedIn': {
      const nonce = deps.chance.newSecret();
      await deps.stores.attempts.keepNonce(nonce, request.person, lifetimeSeconds);
      return { kind: 'signedIn', nonce };
    }
    case 'signInRequired':
      return answer.cause === 'adminConsent'
        ? { kind: 'consentNeeded', requestId, adminConsentUrl: deps.tokens.adminConsentUrl(person.tenantId) }
        : { kind: 'notAccepted', requestId };
    case 'userGone':
      return { kind: 'notAccepted' };
    case 'wrongPerson':
    case 'unavailable':
      return { kind: answer.kind, requestId };
    case 'notAccepted':
      return { kind: 'notAccepted', requestId, ...present({ correlationId: answer.correlationId }) };
    case 'operatorFault':
      return { kind: 'operatorFault', ...present({ correlationId: answer.correlationId }) };
  }
}
