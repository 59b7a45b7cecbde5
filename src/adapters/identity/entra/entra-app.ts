/** Creates msal's confidential client of an app registration in one tenant, and what proves it. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  ConfidentialClientApplication,
  LogLevel,
  ManagedIdentityApplication,
  type ICachePlugin,
  type INetworkModule,
  type NodeAuthOptions,
} from '@azure/msal-node';
import type { EntraNetworkDeps } from './entra-network.ts';

/** One app registration at one Entra ID. */
export interface EntraRegistration {
  /** `ENTRA_BASE_URL`, without a trailing slash; `http` on loopback only. */
  readonly entraBaseUrl: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly network: EntraNetworkDeps;
}

interface EntraAppOptions extends Omit<EntraRegistration, 'network'> {
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

/** Without logs or discovery. One application for one question: a shared one mixes the caches of its users. */
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

export type ClientAuth =
  | { readonly kind: 'secret'; readonly secret: string }
  /** Paths of PEM files: the certificate (leaf first) and its private key. */
  | { readonly kind: 'certificate'; readonly certificateFile: string; readonly keyFile: string }
  /** Client id of a user-assigned managed identity that the registration trusts as a federated credential. */
  | { readonly kind: 'managedIdentity'; readonly clientId: string };

export type ClientProof = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/** The audience of a managed identity's token that stands in for a secret (workload identity federation). */
const federationAudience = 'api://AzureADTokenExchange';

function readCertificate(certificateFile: string, keyFile: string): ClientProof {
  try {
    const x5c = readFileSync(certificateFile, 'utf8');
    const thumbprintSha256 = new X509Certificate(x5c).fingerprint256.replaceAll(':', '');
    return { clientCertificate: { thumbprintSha256, x5c, privateKey: readFileSync(keyFile, 'utf8') } };
  } catch (cause) {
    throw new Error(`The certificate ${certificateFile} or its key ${keyFile} cannot be read as PEM.`, {
      cause,
    });
  }
}

/** msal's options for a registration. Reads certificate files once; throws when they cannot be read. */
export function proveClient(auth: ClientAuth): ClientProof {
  switch (auth.kind) {
    case 'secret':
      return { clientSecret: auth.secret };
    case 'certificate':
      return readCertificate(auth.certificateFile, auth.keyFile);
    case 'managedIdentity': {
      const identity = new ManagedIdentityApplication({
        managedIdentityIdParams: { userAssignedClientId: auth.clientId },
      });
      const clientAssertion = async (): Promise<string> =>
        (await identity.acquireToken({ resource: federationAudience })).accessToken;
      return { clientAssertion };
    }
  }
}
