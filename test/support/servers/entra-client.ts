/** Points real msal-node clients, and a browser's first steps, at the simulated Entra ID. */
import {
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-node';
import type { INetworkModule } from '@azure/msal-node';
import type { EntraSimulator, EntraSimulatorOptions } from '../../../src/sandbox/entra/entra-simulator.ts';
import { sandboxPeople, sandboxTenantId } from '../../../src/sandbox/chat/people.ts';

export const ssoClientId = 'b7d0a1c4-2e65-4f0a-8a37-90c1d2e3f405';
export const redirectUri = 'http://127.0.0.1:1/auth/callback';
export const goalsScopes = [
  'https://graph.microsoft.com/Goals-Export.ReadWrite.All',
  'https://graph.microsoft.com/Goals-Export.Read.All',
];

export const entraOptions: EntraSimulatorOptions = {
  clients: [
    {
      clientId: ssoClientId,
      secret: 'a sandbox secret',
      appIdUri: 'api://botid-sample',
      redirectUris: [redirectUri],
    },
  ],
  users: sandboxPeople,
};

export const msal = (entra: EntraSimulator, auth: { clientId?: string; clientSecret?: string } = {}) =>
  new ConfidentialClientApplication({
    auth: {
      clientId: ssoClientId,
      clientSecret: 'a sandbox secret',
      authority: `https://login.microsoftonline.com/${sandboxTenantId}`,
      ...auth,
    },
    system: { networkClient: towards(entra.url()) },
  });

/** Swaps the origin of every request: msal itself refuses http. */
const towards = (origin: string): INetworkModule => {
  const send = async (
    method: string,
    url: string,
    init?: { headers?: Record<string, string>; body?: string },
  ) => {
    const target = new URL(url);
    const response = await fetch(`${origin}${target.pathname}${target.search}`, { method, ...init });
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as never,
      status: response.status,
    };
  };
  return {
    sendGetRequestAsync: (url, init) => send('GET', url, init),
    sendPostRequestAsync: (url, init) => send('POST', url, init),
  };
};

export const authorizeUrl = async (entra: EntraSimulator, more: { loginHint?: string }) => {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const official = await msal(entra).getAuthCodeUrl({
    redirectUri,
    scopes: goalsScopes,
    state: 'the-state',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    ...more,
  });
  return { url: official.replace('https://login.microsoftonline.com', entra.url()), verifier };
};

export const follow = async (url: string): Promise<URL> => {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? `http://no-redirect.example/${response.status}`);
};

export const hasCode = (code: number) => (error: unknown) =>
  error instanceof ServerError || error instanceof InteractionRequiredAuthError
    ? error.errorMessage.includes(`AADSTS${code}:`)
    : false;
