/** Answers for the values of this configuration that belong into the portals, ready to be compared or pasted. */
import { graphScopes } from '../adapters/identity/entra/graph-scopes.ts';
import { teamsClientIds } from '../adapters/identity/sign-in/sso-token.ts';
import type { Config } from '../config.ts';
import { redirectsOf } from './check-redirects.ts';

export interface PortalValue {
  /** Portal page and field. */
  readonly field: string;
  readonly values: readonly string[];
}

export function portalValues(
  config: Config,
  consentUrl: (tenantId: string) => string,
): readonly PortalValue[] {
  const app = `App registrations → ${config.app.clientId}`;
  const api = `${app} → Expose an API`;
  const permissions = graphScopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  return [
    {
      field: 'Azure Bot → Configuration → Messaging endpoint',
      values: [`${config.publicUrl}/api/messages`],
    },
    { field: `${app} → Authentication → Web → Redirect URIs`, values: redirectsOf(config) },
    { field: `${api} → Application ID URI`, values: [config.app.idUri] },
    { field: `${api} → Scopes`, values: [`${config.app.idUri}/access_as_user`] },
    { field: `${api} → Authorized client applications, each for that scope`, values: teamsClientIds },
    { field: `${app} → API permissions → Microsoft Graph → Delegated permissions`, values: permissions },
    { field: `${app} → Manifest → api.requestedAccessTokenVersion`, values: ['2'] },
    ...[...config.allowedTenants].map((tenantId) => ({
      field: `Link for an administrator of tenant ${tenantId}, who allows those permissions with it`,
      values: [consentUrl(tenantId)],
    })),
  ];
}
