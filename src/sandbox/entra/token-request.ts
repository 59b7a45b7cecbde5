/** Reads a token request: its form, which grant it asks for, and which scopes of which resource. */
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

export type ScopeRequest = Readonly<{
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
