/** Reads the `scope` parameter: which resource is meant, which permissions, and which are OpenID Connect's own. */

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
