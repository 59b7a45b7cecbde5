/** Answers for what the use cases and the web ask of identity: tokens that act as one person. */
import type { Person, SignInCause } from '../domain/exports/export-job.ts';

export type TokenTrouble =
  | { readonly kind: 'signInRequired'; readonly cause: SignInCause; readonly claims?: string }
  /** The bot's own registration, secret or tenant is wrong: nobody but the operator can mend it. */
  | { readonly kind: 'operatorFault'; readonly correlationId?: string }
  | { readonly kind: 'unavailable'; readonly retryAfter?: number }
  /** Deleted or disabled: tokens are purged, and asking would be pointless. */
  | { readonly kind: 'userGone' };

export type TokenAnswer = { readonly kind: 'token'; readonly accessToken: string } | TokenTrouble;

export type SignInAnswer =
  | { readonly kind: 'signedIn' }
  /** The token or code belongs to somebody else than the person who was asked. */
  | { readonly kind: 'wrongPerson' }
  /** Not a token that Teams gave us for this app, or a code that Entra ID does not take. */
  | { readonly kind: 'notAccepted'; readonly correlationId?: string }
  | TokenTrouble;

export interface UserTokens {
  /** A Graph token for the person, from the cache or renewed without asking. `renew` skips the cached access token. */
  readonly tokenFor: (
    person: Person,
    options?: { readonly renew?: boolean; readonly claims?: string },
  ) => Promise<TokenAnswer>;
  /** Teams' SSO token → validated → on-behalf-of → cached. */
  readonly exchange: (person: Person, ssoToken: string, claims?: string) => Promise<SignInAnswer>;
  /** Where the browser goes to sign in (authorization code with PKCE, S256). */
  readonly authorizeUrl: (
    person: Person,
    request: { readonly state: string; readonly challenge: string; readonly claims?: string },
  ) => Promise<string>;
  /** The authorization code → tokens → cached, only when they belong to `person`. */
  readonly redeem: (
    person: Person,
    grant: { readonly code: string; readonly verifier: string },
  ) => Promise<SignInAnswer>;
  /** Removes everything held for the person. */
  readonly forget: (person: Person) => Promise<void>;
  readonly holds: (person: Person) => Promise<boolean>;
  /** Whether Entra ID takes the app's own secret or certificate in the tenant, found out without any person. */
  readonly isAppAccepted: (tenantId: string) => Promise<boolean>;
  /** False when Entra ID says that there is no such tenant: nobody of it can sign in. Never rejects. */
  readonly knowsTenant: (tenantId: string) => Promise<boolean>;
  /** A link that an administrator of the tenant opens to allow the app; may be forwarded. It carries our `state`. */
  readonly adminConsentUrl: (tenantId: string) => string;
  /** True when the visit that ends with this `state` began with a link of ours for the tenant. */
  readonly isConsentState: (tenantId: string, state: string) => boolean;
}
