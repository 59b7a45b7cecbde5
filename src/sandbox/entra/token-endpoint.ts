/** Answers `/oauth2/v2.0/token`: four grants, each ending in tokens or in an error of Entra's shape. */
import type { RawCall } from '../loopback/loopback-server.ts';
import type { Answer } from '../loopback/script.ts';
import {
  authenticateClient,
  grantedByDefault,
  readScopes,
  grantOf,
  readForm,
  type Form,
} from './token-request.ts';
import type { Person } from '../chat/people.ts';
import type { AppRegistration } from './directory.ts';
import { entraError } from './entra-errors.ts';
import { createGrantRedeemer, type Grantee, type RedeemDeps } from './redeem-grant.ts';

export type TokenEndpointDeps = RedeemDeps & Readonly<{ accessTokenSeconds: () => number }>;

export type TokenEndpoint = (call: RawCall, tenant: string) => Promise<Answer>;

export const createTokenEndpoint = (deps: TokenEndpointDeps): TokenEndpoint => {
  const redeem = createGrantRedeemer(deps);

  return async function answerTokenRequest(call, tenant) {
    const form = readForm(call.body);
    if (!deps.directory.knowsTenant(tenant) && !isAnyTenant(tenant)) return entraError('tenantUnknown');
    const client = await authenticateClient(deps.directory, call, form);
    if (client.kind === 'refused') return entraError(client.error);
    const grant = grantOf(form);
    if (grant === 'client') return tokenForApp(deps, form, client.app, tenant);
    if (grant === 'other') return entraError('grantUnsupported');
    const granted = await redeem[grant](form, client.app);
    return typeof granted === 'string' ? entraError(granted) : tokensForPerson(deps, granted, tenant);
  };
};

/** With `id_token` and `client_info` when OpenID Connect is asked for: msal keeps an account only then. */
const tokensForPerson = async (
  deps: TokenEndpointDeps,
  grantee: Grantee,
  tenant: string,
): Promise<Answer> => {
  const { person, app, scope, nonce } = grantee;
  if (person.tid !== tenant && !isAnyTenant(tenant)) return entraError('tenantUnknown');
  const wanted = readScopes(scope);
  const permissions = wanted.permissions.includes('.default') ? grantedByDefault : wanted.permissions;
  const missing = deps.directory.missingConsent(person, app.clientId, permissions);
  if (missing.length > 0) return entraError('consentRequired');
  const expiresIn = deps.accessTokenSeconds();
  const claims = { aud: wanted.resource, oid: person.oid, tid: person.tid, scp: permissions.join(' ') };
  const more = { appid: app.clientId, azp: app.clientId, name: person.name, sub: `${person.oid}.graph` };
  const refresh = { clientId: app.clientId, oid: person.oid, tid: person.tid, scope };
  return answer({
    token_type: 'Bearer',
    scope: [...wanted.asked, 'openid', 'profile'].join(' '),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: await deps.tokens.sign({ ...claims, ...more }, expiresIn),
    client_info: clientInfoOf(person),
    ...(wanted.wantsRefreshToken ? { refresh_token: deps.tokens.sealRefresh(refresh) } : {}),
    ...(wanted.wantsIdToken ? { id_token: await deps.tokens.idToken(person, app.clientId, nonce) } : {}),
  });
};

/** Names the account where it lives, which for a guest is elsewhere. */
const clientInfoOf = ({ oid, tid, home = { oid, tid } }: Person): string =>
  Buffer.from(JSON.stringify({ uid: home.oid, utid: home.tid })).toString('base64url');

const tokenForApp = async (
  deps: TokenEndpointDeps,
  form: Form,
  app: AppRegistration,
  tenant: string,
): Promise<Answer> => {
  const scope = form['scope'] ?? '';
  if (!scope.endsWith('/.default')) return entraError('scopeInvalid');
  const expiresIn = deps.accessTokenSeconds();
  const claims = { aud: readScopes(scope).resource, tid: tenant, appid: app.clientId, azp: app.clientId };
  const token = await deps.tokens.sign({ ...claims, sub: app.clientId, oid: app.clientId }, expiresIn);
  return answer({
    token_type: 'Bearer',
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: token,
  });
};

export const isAnyTenant = (tenant: string): boolean => tenant === 'common' || tenant === 'organizations';

const answer = (body: Readonly<Record<string, unknown>>): Answer => ({
  status: 200,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  body,
});
