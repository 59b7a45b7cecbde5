/** Writes the discovery documents of the simulated Entra ID. */

export const openIdMetadata = (base: string, tenant: string) => ({
  issuer: `${base}/${tenant}/v2.0`,
  authorization_endpoint: `${base}/${tenant}/oauth2/v2.0/authorize`,
  token_endpoint: `${base}/${tenant}/oauth2/v2.0/token`,
  jwks_uri: `${base}/${tenant}/discovery/v2.0/keys`,
  end_session_endpoint: `${base}/${tenant}/oauth2/v2.0/logout`,
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  code_challenge_methods_supported: ['S256'],
});

/** msal asks for this to learn which hosts are the same cloud. */
export const instanceMetadata = (base: string) => ({
  tenant_discovery_endpoint: `${base}/common/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [
    {
      preferred_network: 'login.microsoftonline.com',
      preferred_cache: 'login.windows.net',
      aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    },
  ],
});
