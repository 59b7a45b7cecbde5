/** Simulates Microsoft Entra ID as far as this product meets it: discovery, keys, sign-in, tokens and admin consent, on loopback. */
import { decodeJwt } from 'jose';
import type { LoopbackServer, RawCall } from '../loopback/loopback-server.ts';
import { createLoopbackServer } from '../loopback/loopback-server.ts';
import type { Person } from '../chat/people.ts';
import type { Answer } from '../loopback/script.ts';
import type { SigningKey } from '../loopback/simulator-keys.ts';
import { loadSigningKey } from '../loopback/simulator-keys.ts';
import { adminConsent, authorize } from './authorize-endpoint.ts';
import type { Directory, DirectoryOptions } from './directory.ts';
import { createDirectory } from './directory.ts';
import { entraError } from './entra-errors.ts';
import { instanceMetadata, openIdMetadata } from './entra-metadata.ts';
import type { EntraTokens } from './entra-tokens.ts';
import { createEntraTokens } from './entra-tokens.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { createTokenEndpoint, isAnyTenant } from './token-endpoint.ts';
import { grantOf, readForm } from './token-request.ts';

export type EntraSimulatorOptions = DirectoryOptions &
  Readonly<{
    port?: number;
    /** Keeps the signing key, so that tokens outlive a restart. */
    keyFile?: string;
    clock?: () => number;
    /** 3,600 without it. */
    accessTokenSeconds?: number;
    /** 90 days without it. */
    refreshTokenSeconds?: number;
    /** Refuse a refresh token that was used before; false without it. */
    detectReuse?: boolean;
  }>;

type SsoTokenRequest = Readonly<{
  user: Person;
  /** The SSO app's client id: the token's audience. */
  audience: string;
  /** The Teams client that asks; the web client without it. */
  azp?: string;
  scp?: string;
  /** May be negative; 3,600 without it. */
  expiresInSeconds?: number;
  /** Overrides any claim. */
  claims?: Readonly<Record<string, unknown>>;
}>;

export type EntraSimulator = LoopbackServer &
  Pick<Directory, 'setState' | 'setAdminConsent' | 'setPersonConsent'> &
  Readonly<{
    jwksUrl: () => string;
    issuerOf: (tid: string) => string;
    mintSsoToken: (request: SsoTokenRequest) => Promise<string>;
    /** Signs arbitrary claims with the tenant's key. */
    sign: EntraTokens['sign'];
    revokeSessions: (oid: string) => void;
    setAccessTokenSeconds: (seconds: number) => void;
  }>;

const teamsWebClient = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

/** Reads or makes the signing key first, hence the promise. */
export const createEntraSimulator = async (options: EntraSimulatorOptions): Promise<EntraSimulator> => {
  const key = await loadSigningKey(options.keyFile);
  const clock = options.clock ?? Date.now;
  const directory = createDirectory(options);
  const base = () => server.url();
  const tokens = createEntraTokens({ key, clock, base });
  let accessTokenSeconds = options.accessTokenSeconds ?? 3_600;
  const token = createTokenEndpoint({
    directory,
    tokens,
    clock,
    accessTokenSeconds: () => accessTokenSeconds,
    refreshTokenSeconds: options.refreshTokenSeconds ?? 90 * 24 * 3_600,
    detectReuse: options.detectReuse ?? false,
  });
  const server = createLoopbackServer({
    clock,
    annotate: (call) => describeCall(call, tokens),
    handle: (call) => route({ directory, tokens, token, key, base }, call),
    ...(options.port === undefined ? {} : { port: options.port }),
  });

  return {
    ...server,
    jwksUrl: () => `${base()}/common/discovery/v2.0/keys`,
    issuerOf: (tid) => `${base()}/${tid}/v2.0`,
    mintSsoToken: ({
      user,
      audience,
      azp = teamsWebClient,
      scp = 'access_as_user',
      expiresInSeconds = 3_600,
      claims,
    }) =>
      tokens.sign(
        {
          aud: audience,
          azp,
          scp,
          oid: user.oid,
          tid: user.tid,
          sub: `${user.oid}.sso`,
          name: user.name,
          preferred_username: user.userPrincipalName,
          ...claims,
        },
        expiresInSeconds,
      ),
    sign: tokens.sign,
    setState: directory.setState,
    setAdminConsent: directory.setAdminConsent,
    setPersonConsent: directory.setPersonConsent,
    revokeSessions: (oid) => directory.revokeSessions(oid, clock()),
    setAccessTokenSeconds: (seconds) => {
      accessTokenSeconds = seconds;
    },
  };
};

type Operation = 'metadata' | 'keys' | 'authorize' | 'token' | 'adminConsent' | 'instance' | 'other';

const operations: readonly (readonly [pattern: RegExp, op: Operation])[] = [
  [/\/v2\.0\/\.well-known\/openid-configuration$/, 'metadata'],
  [/\/discovery\/v2\.0\/keys$/, 'keys'],
  [/\/discovery\/instance$/, 'instance'],
  [/\/oauth2\/v2\.0\/authorize$/, 'authorize'],
  [/\/oauth2\/v2\.0\/token$/, 'token'],
  [/\/adminconsent$/, 'adminConsent'],
];

const operationOf = (path: string): Operation =>
  operations.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';

const tenantOf = (path: string): string => path.split('/')[1] ?? '';

const route = (
  deps: Readonly<{
    directory: Directory;
    tokens: EntraTokens;
    token: TokenEndpoint;
    key: SigningKey;
    base: () => string;
  }>,
  call: RawCall,
): Promise<Answer> | Answer => {
  const tenant = tenantOf(call.path);
  switch (operationOf(call.path)) {
    case 'metadata':
      return deps.directory.knowsTenant(tenant) || isAnyTenant(tenant)
        ? { status: 200, body: openIdMetadata(deps.base(), tenant) }
        : entraError('tenantMissing');
    case 'keys':
      return { status: 200, body: { keys: [deps.key.publicJwk] } };
    case 'instance':
      return { status: 200, body: instanceMetadata(deps.base()) };
    case 'authorize':
      return authorize(deps, call, tenant);
    case 'token':
      return deps.token(call, tenant);
    case 'adminConsent':
      return adminConsent(deps, call, tenant);
    case 'other':
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' };
  }
};

const describeCall = (call: RawCall, tokens: EntraTokens) => {
  const op = operationOf(call.path);
  const form = readForm(call.body);
  const tenant = tenantOf(call.path);
  const { client_id: client = call.query['client_id'] ?? '', scope = call.query['scope'] ?? '' } = form;
  const user = op === 'authorize' ? (form['user'] ?? call.query['login_hint']) : whoseToken(form, tokens);
  const about = { tenant, client, scope, ...(op === 'token' ? { grant: grantOf(form) } : {}) };
  const claims = form['claims'] ?? call.query['claims'];
  return {
    op,
    about: claims === undefined ? about : { ...about, claims },
    ...(user === undefined ? {} : { user }),
  };
};

const whoseToken = (form: Readonly<Record<string, string>>, tokens: EntraTokens): string | undefined => {
  const assertion = form['assertion'];
  if (assertion === undefined) {
    return tokens.openCode(form['code'])?.oid ?? tokens.openRefresh(form['refresh_token'])?.oid;
  }
  try {
    const oid = decodeJwt(assertion)['oid'];
    return typeof oid === 'string' ? oid : undefined;
  } catch {
    return undefined;
  }
};
