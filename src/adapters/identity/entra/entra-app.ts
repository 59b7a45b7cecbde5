/** Creates msal's confidential client for one tenant of the configured Entra ID, without logs or discovery. */
import {
  ConfidentialClientApplication,
  LogLevel,
  type ICachePlugin,
  type INetworkModule,
} from '@azure/msal-node';
import type { ClientProof } from './client-auth.ts';
import type { EntraNetworkDeps } from './entra-network.ts';

/** One app registration at one Entra ID. */
export interface EntraRegistration {
  /** `ENTRA_BASE_URL`, without a trailing slash; `http` on loopback only. */
  readonly entraBaseUrl: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly network: EntraNetworkDeps;
}

export interface EntraAppOptions extends Omit<EntraRegistration, 'network'> {
  readonly tenantId: string;
  readonly network: INetworkModule;
  readonly cachePlugin?: ICachePlugin;
  /** Says that we understand claims challenges (cp1): for people's tokens, whose resource may send one. */
  readonly takesClaims: boolean;
}

/** msal takes `https` authorities only. A simulator's tokens are cached under this name, whatever its port. */
const publicCloud = 'https://login.microsoftonline.com';

/** The tenant's endpoints are fixed by documentation, so nothing is discovered over the network. */
const endpointsOf = (tenant: string): string =>
  JSON.stringify({
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    issuer: `${tenant}/v2.0`,
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
  });

/** One application for one question: a shared one mixes the caches of its users. */
export function createEntraApp(options: EntraAppOptions): ConfidentialClientApplication {
  const { entraBaseUrl, tenantId, clientId, proof, network, cachePlugin, takesClaims } = options;
  const authorityBase = entraBaseUrl.startsWith('https:') ? entraBaseUrl : publicCloud;
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      ...proof,
      clientCapabilities: takesClaims ? ['cp1'] : [],
      authority: `${authorityBase}/${tenantId}`,
      knownAuthorities: [new URL(authorityBase).host],
      authorityMetadata: endpointsOf(`${entraBaseUrl}/${tenantId}`),
    },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
    system: {
      networkClient: network,
      disableInternalRetries: true,
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
}
