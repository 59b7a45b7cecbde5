/** Says how sign-in requests, browser attempts and SSO exchanges are kept; secrets are stored hashed. */
import type { Person, Requester, SignInCause } from '../domain/exports/export-job.ts';
import type { Conversation } from './conversation.ts';

/** One outstanding question to one person in one conversation. */
export interface SignInRequest {
  /** 256-bit random, base64url: names the question in the link on the card; possession proves nothing. */
  readonly id: string;
  readonly person: Requester;
  readonly conversation: Conversation;
  readonly cause: SignInCause;
  /** Teams may try its silent exchange first; false once that has not helped, so that nothing goes round in circles. */
  readonly silent: boolean;
  readonly claims?: string;
  /** Asked in a button's own answer: there is no prompt in the conversation. */
  readonly onCard?: true;
  /** The prompt's activity, once it is posted. */
  readonly activityId?: string;
  /** The prompt that stands asks an older question. */
  readonly isBehind?: true;
  /** When it was last begun to be posted. */
  readonly askedAt: Date;
}

export interface SignInRequests {
  /**
   * The outstanding request of the person there, or a new one; `isNew` for one caller only. A new cause or new claims
   * replace the old, and a prompt replaces what was asked on a card; a question on a card replaces nothing.
   */
  readonly ask: (
    request: Omit<SignInRequest, 'activityId'>,
  ) => Promise<{ readonly request: SignInRequest; readonly isNew: boolean }>;
  /** True for one of those who found it as it is: from now on it counts as asked at that time. */
  readonly askAgain: (found: SignInRequest, askedAt: Date) => Promise<boolean>;
  /** What the person is being asked there. */
  readonly outstanding: (person: Person, conversation: Conversation) => Promise<SignInRequest | undefined>;
  readonly find: (id: string) => Promise<SignInRequest | undefined>;
  /** Names the prompt where none stood, or where that one did; false, and nothing is written, where another stands or it was answered. */
  readonly firstPosted: (id: string, activityId: string) => Promise<boolean>;
  /** Names the prompt that asks it now, and tells which other one that replaces; may be said twice; `withdrawn` when it was answered in the meantime. */
  readonly posted: (
    id: string,
    activityId: string,
  ) => Promise<{ readonly kind: 'posted'; readonly replaced?: string } | { readonly kind: 'withdrawn' }>;
  /** True while the person is being asked; `prompts` leaves out what is asked on cards. */
  readonly isAsked: (person: Person, which?: 'all' | 'prompts') => Promise<boolean>;
  /** Takes all outstanding requests of the person away and returns them, each to one caller only; `prompts` leaves those on cards. */
  readonly settle: (person: Person, which?: 'all' | 'prompts') => Promise<readonly SignInRequest[]>;
  /** The same for one request. */
  readonly settleOne: (id: string) => Promise<SignInRequest | undefined>;
}

/** One visit of the sign-in page. */
interface SignInAttempt {
  readonly requestId: string;
  /** PKCE code verifier. */
  readonly verifier: string;
}

export interface SignInAttempts {
  readonly begin: (state: string, attempt: SignInAttempt, lifetimeSeconds: number) => Promise<void>;
  /** Single use: the attempt for the first caller, then `used`; `expired` and unknown states differ only in words. */
  readonly redeem: (
    state: string,
  ) => Promise<
    | { readonly kind: 'open'; readonly attempt: SignInAttempt }
    | { readonly kind: 'used' | 'expired' | 'unknown' }
  >;
  /** The nonce that the end page hands to Teams, for `signin/verifyState`. */
  readonly keepNonce: (nonce: string, person: Person, lifetimeSeconds: number) => Promise<void>;
  /** True once, for the person it was made for. */
  readonly useNonce: (nonce: string, person: Person) => Promise<boolean>;
}

export type ExchangeOutcome = 'signedIn' | 'interactionNeeded' | 'refused' | 'unavailable';

export interface SsoExchanges {
  /** Runs once for (person, exchange id) in 15 minutes, across instances; every caller gets the winner's outcome. */
  readonly once: (
    person: Person,
    exchangeId: string,
    run: () => Promise<ExchangeOutcome>,
  ) => Promise<ExchangeOutcome>;
}
