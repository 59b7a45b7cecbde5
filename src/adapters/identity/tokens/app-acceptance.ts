/** Answers for whether Entra ID takes the app's own proof, when there is no person whose token could tell. */
import { createEntraApp } from '../entra/entra-app.ts';
import { createEntraNetwork } from '../entra/entra-network.ts';
import type { EntraRegistration } from './entra-question.ts';

/** Any resource does: the token, which would allow nothing, is thrown away. */
const scopes = ['https://graph.microsoft.com/.default'];

/** False for a refusal and for an outage alike: both are worth another look later. */
export async function isAppAccepted(registration: EntraRegistration, tenantId: string): Promise<boolean> {
  const network = createEntraNetwork(registration.network);
  const app = createEntraApp({ ...registration, tenantId, network: network.client, takesClaims: false });
  try {
    return (await app.acquireTokenByClientCredential({ scopes })) !== null;
  } catch (cause) {
    if (network.failure() === undefined) throw new Error('Asking Entra ID failed unexpectedly.', { cause });
    return false;
  }
}
