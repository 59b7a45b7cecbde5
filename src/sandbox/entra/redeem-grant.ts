/** Checks what a token request brings (code, refresh token or assertion) and says for whom it is good. */
import { createHash } from 'node:crypto';
import type { Person } from '../chat/people.ts';
import type { AppRegistration, Directory } from './directory.ts';
import type { EntraErrorName } from './entra-errors.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { Form, Grant } from './token-request.ts';

export type Grantee = Readonly<{ person: Person; app: AppRegistration; scope: string; nonce?: string }>;

export type RedeemDeps = Readonly<{
  directory: Directory;
  tokens: EntraTokens;
  clock: () => number;
  refreshTokenSeconds: number;
  /** Whether a refresh token that was used once is refused from then on. */
  detectReuse: boolean;
}>;

type UserGrant = Exclude<Grant, 'client' | 'other'>;
type Redeem = (
  form: Form,
  app: AppRegistration,
) => Promise<Grantee | EntraErrorName> | Grantee | EntraErrorName;

const codeLifetimeMs = 600_000;

export const createGrantRedeemer = (deps: RedeemDeps): Readonly<Record<UserGrant, Redeem>> => {
  const used = new Set<string>();

  const code: Redeem = (form, app) => {
    const content = deps.tokens.openCode(form['code']);
    if (content?.clientId !== app.clientId || deps.clock() - content.issuedAt > codeLifetimeMs)
      return 'codeInvalid';
    if (used.has(content.nth)) return 'codeUsed';
    if (content.redirectUri !== form['redirect_uri']) return 'redirectWrong';
    if (challengeOf(form['code_verifier']) !== content.challenge) return 'verifierWrong';
    used.add(content.nth);
    const nonce = content.nonce === undefined ? {} : { nonce: content.nonce };
    return withPerson(content.oid, (person) => ({
      person,
      app,
      scope: form['scope'] ?? content.scope,
      ...nonce,
    }));
  };

  const refresh: Redeem = (form, app) => {
    const content = deps.tokens.openRefresh(form['refresh_token']);
    if (content?.clientId !== app.clientId) return 'refreshRevoked';
    if (deps.clock() - content.issuedAt > deps.refreshTokenSeconds * 1000) return 'refreshExpired';
    if (content.issuedAt <= (deps.directory.revokedAt(content.oid) ?? -Infinity)) return 'refreshRevoked';
    if (deps.detectReuse && used.has(content.nth)) return 'refreshReused';
    used.add(content.nth);
    return withPerson(content.oid, (person) => ({ person, app, scope: form['scope'] ?? content.scope }));
  };

  const obo: Redeem = async (form, app) => {
    const verdict = await deps.tokens.verifyAssertion(form['assertion'] ?? '', app);
    if (verdict.kind === 'expired') return 'assertionExpired';
    if (verdict.kind === 'invalid') return 'assertionInvalid';
    return withPerson(verdict.oid, (person) => ({ person, app, scope: form['scope'] ?? '' }));
  };

  const withPerson = (oid: string, then: (person: Person) => Grantee): Grantee | EntraErrorName => {
    const person = deps.directory.person(oid);
    const state = deps.directory.stateOf(oid);
    if (!person || state === 'gone') return 'userGone';
    return state === 'disabled' ? 'userDisabled' : then(person);
  };

  return { code, refresh, obo };
};

const challengeOf = (verifier: string | undefined): string =>
  createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
