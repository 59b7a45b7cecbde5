/** Signs a person in, with Teams' SSO token on behalf of them or with an authorization code. */
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Alongside, SignInAnswer, UserTokens } from '../../../ports/user-tokens.ts';
import type { TransactWithin } from '../../store/engine/database.ts';
import type { Verdict } from '../entra/classify.ts';
import { askEntra, type Ask } from '../tokens/entra-question.ts';
import { renewSilently, type RenewSilentlyDeps } from '../tokens/renew-silently.ts';
import { keepSignedIn } from '../tokens/token-partitions.ts';

export interface SignInGrantsDeps extends RenewSilentlyDeps {
  readonly transact: TransactWithin;
}

type SignInVerdict = SignInAnswer | Exclude<Verdict, { kind: 'trouble' }>;

async function signInWith(
  deps: SignInGrantsDeps,
  person: Person,
  { scopes, grant }: { readonly scopes: readonly string[]; readonly grant: Ask },
  alongside: Alongside,
): Promise<SignInVerdict> {
  const { partitions, registration } = deps;
  // Beside Entra ID's answer: these grants look nothing up; msal reads what is held just before it adds to it, and so drops nothing.
  const loading = partitions.load(person);
  const tokens = loading.then((found) => (found.kind === 'tokens' ? found.tokens : undefined));
  tokens.catch(() => undefined);
  const answer = await askEntra(registration, person, tokens, grant);
  const held = await loading;
  switch (answer.kind) {
    case 'tokens':
      if (answer.changed === undefined) {
        throw new Error('Entra ID named no account, so nothing could be renewed later.');
      }
      const kept = { seen: held, tokens: answer.changed };
      const mark = await keepSignedIn(partitions, person, kept, alongside);
      const { accessToken, expiresAt } = answer;
      // What goes on now asks for it at once.
      if (expiresAt !== undefined) deps.accessTokens.keep(person, scopes, mark, { accessToken, expiresAt });
      deps.coolDown.end(person.tenantId);
      return { kind: 'signedIn' };
    case 'wrongPerson':
      return { kind: 'wrongPerson' };
    case 'failure': {
      const verdict = await deps.handleFailure(person, scopes, answer.failure);
      return verdict.kind === 'trouble' ? verdict.trouble : verdict;
    }
  }
}

/** On-behalf-of with a token that was found genuine. Not to be run twice at a time for one person. */
export async function exchangeSsoToken(
  deps: SignInGrantsDeps,
  person: Person,
  { ssoToken, claims, scopes }: Parameters<UserTokens['exchange']>[1],
  alongside: Alongside,
): Promise<SignInAnswer> {
  const challenge = claims === undefined ? {} : { claims };
  // Without the cache: it may hold an access token of the same assertion that Graph has just refused.
  const request = { oboAssertion: ssoToken, scopes: [...scopes], skipCache: true, ...challenge };
  const grant: Ask = (app) => app.acquireTokenOnBehalfOf(request);
  const verdict = await signInWith(deps, person, { scopes, grant }, alongside);
  switch (verdict.kind) {
    case 'grantRefused': {
      // E3: the assertion is out of time, which says nothing about a refresh token that we may hold.
      const renewed = await renewSilently(deps, person, { renew: true, scopes, ...challenge });
      if (renewed.kind !== 'token') return renewed;
      await deps.transact(alongside);
      return { kind: 'signedIn' };
    }
    case 'requestRefused':
      return { ...verdict, kind: 'operatorFault' };
    case 'signedIn':
    case 'wrongPerson':
    case 'notAccepted':
    case 'signInRequired':
    case 'operatorFault':
    case 'unavailable':
    case 'userGone':
      return verdict;
  }
}

/** Authorization code with its PKCE verifier. Not to be run twice at a time for one person. */
export async function redeemCode(
  deps: SignInGrantsDeps,
  person: Person,
  {
    code,
    verifier,
    redirectUri,
    scopes,
  }: Parameters<UserTokens['redeem']>[1] & {
    readonly redirectUri: string;
  },
  alongside: Alongside,
): Promise<SignInAnswer> {
  const request = { code, codeVerifier: verifier, redirectUri, scopes: [...scopes] };
  const grant: Ask = (app) => app.acquireTokenByCode(request);
  const verdict = await signInWith(deps, person, { scopes, grant }, alongside);
  switch (verdict.kind) {
    case 'grantRefused':
    case 'requestRefused':
      return { ...verdict, kind: 'notAccepted' };
    case 'signedIn':
    case 'wrongPerson':
    case 'notAccepted':
    case 'signInRequired':
    case 'operatorFault':
    case 'unavailable':
    case 'userGone':
      return verdict;
  }
}
