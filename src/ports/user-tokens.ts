/** Gets, keeps and forgets the tokens that act as one person. */
import type { Person } from '../domain/exports/export-job.ts';
import type { RefusedSignIn } from './queued-tasks.ts';
import type { Stores } from './runtime.ts';

export type TokenTrouble =
  | RefusedSignIn
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

/** Written in the transaction that keeps or removes the tokens: both are there, or neither is. */
export type Alongside = (stores: Stores) => Promise<void>;

/** Delegated permissions of Graph, by their full names. */
type Scopes = readonly string[];

export interface UserTokens {
  /** A Graph token for the person, from the cache or renewed without asking. `renew` skips the cached access token. */
  readonly tokenFor: (
    person: Person,
    options: {
      readonly scopes: Scopes;
      readonly renew?: boolean;
      readonly claims?: string;
    },
  ) => Promise<TokenAnswer>;
  /** Teams' SSO token → validated → on-behalf-of → kept, together with what `alongside` writes. */
  readonly exchange: (
    person: Person,
    grant: { readonly ssoToken: string; readonly claims?: string; readonly scopes: Scopes },
    alongside: Alongside,
  ) => Promise<SignInAnswer>;
  /** Teams is asked for such a token of somebody in the tenant: what it takes to check it is fetched meanwhile. */
  readonly expectExchange: (tenantId: string) => void;
  /** Where the browser goes to sign in (authorization code with PKCE, S256). */
  readonly authorizeUrl: (
    person: Person,
    request: {
      readonly state: string;
      readonly challenge: string;
      readonly claims?: string;
      readonly scopes: Scopes;
    },
  ) => Promise<string>;
  /** The authorization code → tokens → kept, only when they belong to `person`, together with what `alongside` writes. */
  readonly redeem: (
    person: Person,
    grant: { readonly code: string; readonly verifier: string; readonly scopes: Scopes },
    alongside: Alongside,
  ) => Promise<SignInAnswer>;
  /** Removes everything held for the person, together with what `alongside` writes. */
  readonly forget: (person: Person, alongside?: Alongside) => Promise<void>;
  readonly holds: (person: Person) => Promise<boolean>;
  /** Whether Entra ID takes the app's own secret or certificate in the tenant, found out without any person. */
  readonly isAppAccepted: (tenantId: string) => Promise<boolean>;
  /** True once after each time that Entra ID has refused the app in the tenant, and once after the start, when it takes the app. */
  readonly isAppMended: (tenantId: string) => Promise<boolean>;
  /** False when Entra ID says that there is no such tenant: nobody of it can sign in. Never rejects. */
  readonly knowsTenant: (tenantId: string) => Promise<boolean>;
  /** A link that an administrator of the tenant opens to allow the app; may be forwarded. It carries our `state`. */
  readonly adminConsentUrl: (tenantId: string) => string;
  /** True when the visit that ends with this `state` began with a link of ours for the tenant. */
  readonly isConsentState: (tenantId: string, state: string) => boolean;
}
