/** Reads a token request: its form, which grant it asks for, which scopes of which resource, and the app that it proves to come from. */
import { timingSafeEqual } from 'node:crypto';
import { importX509, jwtVerify } from 'jose';
import type { RawCall } from '../loopback/loopback-server.ts';
import type { AppRegistration, Directory } from './directory.ts';
import type { EntraErrorName } from './entra-errors.ts';

export type Form = Readonly<Record<string, string>>;

export type Grant = 'code' | 'refresh' | 'obo' | 'client' | 'other';

export const readForm = (body: Buffer): Form =>
  Object.fromEntries(new URLSearchParams(body.toString('utf8')));

export const grantOf = (form: Form): Grant => {
  switch (form['grant_type']) {
    case 'authorization_code':
      return 'code';
    case 'refresh_token':
      return 'refresh';
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return form['requested_token_use'] === 'on_behalf_of' ? 'obo' : 'other';
    case 'client_credentials':
      return 'client';
    default:
      return 'other';
  }
};

type ScopeRequest = Readonly<{
  /** The `aud` of the access token, e.g. `https://graph.microsoft.com` or `api://…`. */
  resource: string;
  /** Permission names without their resource; `.default` stands for all that was granted. */
  permissions: readonly string[];
  /** As asked, without those of OpenID Connect. */
  asked: readonly string[];
  wantsIdToken: boolean;
  wantsRefreshToken: boolean;
}>;

const openIdScopes = ['openid', 'profile', 'email', 'offline_access'];
const graph = 'https://graph.microsoft.com';

export const readScopes = (scope: string): ScopeRequest => {
  const all = scope.split(/\s+/).filter((one) => one !== '');
  const asked = all.filter((one) => !openIdScopes.includes(one));
  const first = asked.find((one) => one.includes('/'));
  const resource = first?.slice(0, first.lastIndexOf('/')) ?? graph;
  return {
    resource,
    asked,
    permissions: asked.map((one) => one.slice(one.lastIndexOf('/') + 1)),
    wantsIdToken: all.includes('openid'),
    wantsRefreshToken: all.includes('offline_access'),
  };
};

/** What `https://graph.microsoft.com/.default` stands for in this sandbox. */
export const grantedByDefault: readonly string[] = ['Goals-Export.Read.All', 'Goals-Export.ReadWrite.All'];

type ClientVerdict =
  Readonly<{ kind: 'app'; app: AppRegistration }> | Readonly<{ kind: 'refused'; error: EntraErrorName }>;

/** By its secret in the form or header, or by a certificate's assertion. */
export const authenticateClient = async (
  directory: Directory,
  call: RawCall,
  form: Form,
): Promise<ClientVerdict> => {
  const basic = readBasic(call.headers.authorization);
  const app = directory.app(form['client_id'] ?? basic?.id);
  if (!app) return { kind: 'refused', error: 'appUnknown' };
  if (form['client_assertion'] !== undefined) {
    return (await isSignedBy(app, form['client_assertion']))
      ? { kind: 'app', app }
      : { kind: 'refused', error: 'certificateWrong' };
  }
  const secret = form['client_secret'] ?? basic?.secret ?? '';
  return isSame(secret, app.secret) ? { kind: 'app', app } : { kind: 'refused', error: 'secretWrong' };
};

const readBasic = (authorization: string | undefined) => {
  const encoded = /^Basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split(':')
    .map(decodeURIComponent);
  return { id, secret };
};

const isSame = (given: string, wanted: string | undefined): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted ?? '')];
  return other.length > 0 && one.length === other.length && timingSafeEqual(one, other);
};

const isSignedBy = async (app: AppRegistration, assertion: string): Promise<boolean> => {
  if (app.certificate === undefined) return false;
  for (const algorithm of ['RS256', 'PS256']) {
    try {
      const key = await importX509(app.certificate, algorithm);
      // Entra ID forgives a clock some minutes; msal rounds `nbf` up to half a second into the future.
      await jwtVerify(assertion, key, {
        subject: app.clientId,
        algorithms: [algorithm],
        clockTolerance: 300,
      });
      return true;
    } catch {
      // The other algorithm may fit.
    }
  }
  return false;
};
