/** Makes the URLs that browsers are sent to: a person to sign in, an administrator to allow the app. */
import { PromptValue, ResponseMode } from '@azure/msal-node';
import type { UserTokens } from '../../../ports/user-tokens.ts';
import type { ConsentState } from './consent-state.ts';
import { createEntraApp, type EntraRegistration } from '../entra/entra-app.ts';
import { createEntraNetwork } from '../entra/entra-network.ts';
import { graphScopes } from '../entra/graph-scopes.ts';

export interface SignInUrlsDeps {
  readonly registration: EntraRegistration;
  /** `<PUBLIC_URL>/auth/callback` */
  readonly redirectUri: string;
  /** `<PUBLIC_URL>/auth/consented` */
  readonly adminConsentRedirectUri: string;
  readonly consentState: Pick<ConsentState, 'of'>;
}

export const createSignInUrls = ({
  registration,
  redirectUri,
  adminConsentRedirectUri,
  consentState,
}: SignInUrlsDeps): Pick<UserTokens, 'authorizeUrl' | 'adminConsentUrl'> => ({
  authorizeUrl: ({ tenantId }, { state, challenge, claims }) => {
    const network = createEntraNetwork(registration.network).client;
    return createEntraApp({ ...registration, tenantId, network, takesClaims: true }).getAuthCodeUrl({
      scopes: [...graphScopes],
      redirectUri,
      state,
      responseMode: ResponseMode.QUERY,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      // A browser that is signed in as somebody else must not lead in circles.
      prompt: PromptValue.SELECT_ACCOUNT,
      ...(claims === undefined ? {} : { claims }),
    });
  },
  adminConsentUrl: (tenantId) => {
    const url = new URL(`${registration.entraBaseUrl}/${encodeURIComponent(tenantId)}/adminconsent`);
    url.searchParams.set('client_id', registration.clientId);
    url.searchParams.set('redirect_uri', adminConsentRedirectUri);
    url.searchParams.set('state', consentState.of(tenantId));
    return url.href;
  },
});
