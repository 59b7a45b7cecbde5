/** Finds out whether Entra ID takes an app's secret or certificate, without any person's token. */
import { decodeJwt } from 'jose';
import { createAskJson } from '../../../blocks/http/ask-json.ts';
import type { Clock } from '../../../ports/runtime.ts';
import type { EntraFailure } from './classify.ts';
import {
  proveClient,
  createEntraApp,
  type ClientAuth,
  type ClientProof,
  type EntraRegistration,
} from './entra-app.ts';
import { createEntraNetwork } from './entra-network.ts';

export interface Credentials {
  /** Without a trailing slash. */
  readonly entraBaseUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly auth: ClientAuth | { readonly kind: 'userAssignedIdentity' };
  /** Ends in `/.default`. */
  readonly scope: string;
  readonly clock: Clock;
}

export type CredentialTrial =
  /** `version` of the access token's format, as its claim `ver` has it. */
  | { readonly kind: 'accepted'; readonly version?: string }
  | { readonly kind: 'refused'; readonly failure: Extract<EntraFailure, { kind: 'oauth' }> }
  | { readonly kind: 'unreachable' }
  /** A managed identity is to be had on its own machine only. */
  | { readonly kind: 'managedIdentity' }
  /** Certificate and key cannot be read as PEM, or do not sign. */
  | { readonly kind: 'badCertificate' };

/** Asks for an app-only token (OAuth 2.0 client credentials) and throws it away. */
export async function tryCredentials(credentials: Credentials): Promise<CredentialTrial> {
  const answer = await askForToken(credentials);
  return 'token' in answer ? { kind: 'accepted', ...versionOf(answer.token) } : answer;
}

type Asked = { readonly token: string } | Exclude<CredentialTrial, { readonly kind: 'accepted' }>;

/** The token is for one question and is kept nowhere. */
export async function askForToken(credentials: Credentials): Promise<Asked> {
  const { auth } = credentials;
  if (auth.kind === 'userAssignedIdentity' || auth.kind === 'managedIdentity')
    return { kind: 'managedIdentity' };
  const proof = proofOf(auth);
  return proof === undefined ? { kind: 'badCertificate' } : ask(credentials, proof);
}

function proofOf(auth: ClientAuth): ClientProof | undefined {
  try {
    return proveClient(auth);
  } catch {
    return undefined;
  }
}

async function ask(
  { entraBaseUrl, tenantId, clientId, scope, clock }: Credentials,
  proof: ClientProof,
): Promise<Asked> {
  const network = createEntraNetwork({ clock, askJson: createAskJson() });
  const app = createEntraApp({
    entraBaseUrl,
    tenantId,
    clientId,
    proof,
    network: network.client,
    takesClaims: false,
  });
  try {
    const result = await app.acquireTokenByClientCredential({ scopes: [scope] });
    return { token: result?.accessToken ?? '' };
  } catch {
    const failure = network.failure();
    if (failure === undefined) return { kind: 'badCertificate' };
    return failure.kind === 'oauth' ? { kind: 'refused', failure } : { kind: 'unreachable' };
  }
}

function versionOf(token: string): { readonly version?: string } {
  try {
    const version = decodeJwt(token)['ver'];
    return typeof version === 'string' ? { version } : {};
  } catch {
    return {};
  }
}

/** Any resource does: the token is thrown away. */
const anyScopes = ['https://graph.microsoft.com/.default'];

/** False for a refusal and for an outage alike: both are worth another try later. */
export async function isAppAccepted(registration: EntraRegistration, tenantId: string): Promise<boolean> {
  const network = createEntraNetwork(registration.network);
  const app = createEntraApp({ ...registration, tenantId, network: network.client, takesClaims: false });
  try {
    return (await app.acquireTokenByClientCredential({ scopes: anyScopes })) !== null;
  } catch (cause) {
    if (network.failure() === undefined) throw new Error('Asking Entra ID failed unexpectedly.', { cause });
    return false;
  }
}
