/** Makes the URLs that browsers are sent to: a person to sign in, an administrator to allow the app. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PromptValue, ResponseMode } from '@azure/msal-node';
import type { UserTokens } from '../../../ports/user-tokens.ts';
import { createEntraApp, type EntraRegistration } from '../entra/entra-app.ts';
import { createEntraNetwork } from '../entra/entra-network.ts';
import type { EncryptionKey } from '../tokens/encryption.ts';

export interface AdminConsentDeps {
  readonly registration: Pick<EntraRegistration, 'entraBaseUrl' | 'clientId'>;
  /** `<PUBLIC_URL>/auth/consented` */
  readonly adminConsentRedirectUri: string;
  readonly consentState: Pick<ConsentState, 'of'>;
}

export interface SignInUrlsDeps extends AdminConsentDeps {
  readonly registration: EntraRegistration;
  /** `<PUBLIC_URL>/auth/callback` */
  readonly redirectUri: string;
}

export const createSignInUrls = (
  deps: SignInUrlsDeps,
): Pick<UserTokens, 'authorizeUrl' | 'adminConsentUrl'> => ({
  authorizeUrl: ({ tenantId }, { state, challenge, claims, scopes }) => {
    const { registration, redirectUri } = deps;
    const network = createEntraNetwork(registration.network).client;
    return createEntraApp({ ...registration, tenantId, network, takesClaims: true }).getAuthCodeUrl({
      scopes: [...scopes],
      redirectUri,
      state,
      responseMode: ResponseMode.QUERY,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      // A browser that is signed in as somebody else would otherwise come back as them each time.
      prompt: PromptValue.SELECT_ACCOUNT,
      ...(claims === undefined ? {} : { claims }),
    });
  },
  adminConsentUrl: createAdminConsentUrl(deps),
});

/** The very link that the bot shows, for whoever asks Entra ID nothing. */
export const createAdminConsentUrl =
  ({
    registration,
    adminConsentRedirectUri,
    consentState,
  }: AdminConsentDeps): UserTokens['adminConsentUrl'] =>
  (tenantId) => {
    const url = new URL(`${registration.entraBaseUrl}/${encodeURIComponent(tenantId)}/adminconsent`);
    url.searchParams.set('client_id', registration.clientId);
    url.searchParams.set('redirect_uri', adminConsentRedirectUri);
    url.searchParams.set('state', consentState.of(tenantId));
    return url.href;
  };

/** 128 bits: it guards nothing but a look at Entra ID, and makes a link that people forward longer. */
const stateBytes = 16;

const stateBy = (key: EncryptionKey, tenantId: string): Buffer =>
  createHmac('sha256', key.key)
    .update(`admin consent of ${tenantId.toLowerCase()}`)
    .digest()
    .subarray(0, stateBytes);

/** Signs the `state` of an administrator's visit, so that its end is known to have begun with a link of ours. */
export interface ConsentState {
  /** base64url. */
  readonly of: (tenantId: string) => string;
  /** Links live for weeks: every key that still opens tokens recognises its own. */
  readonly isOurs: (tenantId: string, state: string) => boolean;
}

/** @param keys newest first, at least one */
export const createConsentState = (keys: readonly EncryptionKey[]): ConsentState => ({
  of: (tenantId) => {
    const [newest] = keys;
    if (newest === undefined) throw new Error('ENCRYPTION_KEYS holds no key.');
    return stateBy(newest, tenantId).toString('base64url');
  },
  isOurs: (tenantId, state) => {
    const given = Buffer.from(state, 'base64url');
    return given.length === stateBytes && keys.some((key) => timingSafeEqual(stateBy(key, tenantId), given));
  },
});
