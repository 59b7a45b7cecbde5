/** Says how a conversation is addressed, and what the store remembers of it and of its activities. */

export type ConversationKind = 'personal' | 'groupChat' | 'channel';

export interface Conversation {
  readonly tenantId: string;
  /** Teams' id; in a channel it keeps its `;messageid=`, which names the thread. */
  readonly conversationId: string;
  readonly kind: ConversationKind;
  /** Connector base URL of the newest activity from there. */
  readonly serviceUrl: string;
  /** The bot's own id there (`28:…`). */
  readonly botChannelId: string;
  /** In a channel: its team, where Teams says so. It is the id of the team's first channel. */
  readonly teamId?: string;
}

export interface Conversations {
  /** Keeps the newest service URL, and tells whether the conversation is blocked: somebody there wrote to the bot. */
  readonly remember: (conversation: Conversation) => Promise<'open' | 'blocked'>;
  readonly unblock: (tenantId: string, conversationId: string) => Promise<void>;
  /** True for the first caller only: installation events repeat. */
  readonly claimWelcome: (conversation: Conversation) => Promise<boolean>;
  readonly block: (conversation: Conversation) => Promise<void>;
  readonly isBlocked: (conversation: Conversation) => Promise<boolean>;
  /** The bot was removed there: its cards, prompts and references go, all threads included. */
  readonly forget: (tenantId: string, conversationId: string) => Promise<void>;
}

export type InboundClaim =
  /** `isRemembered`: its conversation is stored just so, and not blocked; else it wants to be remembered. */
  | { readonly kind: 'claimed'; readonly isRemembered: boolean }
  /** Somebody else is at it, or has died. */
  | { readonly kind: 'held' }
  /** It was answered. */
  | { readonly kind: 'done' };

export interface InboundKey {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly activityId: string;
}

/** Inbound activities seen in the last 24 hours; Teams re-sends what was answered slowly. */
export interface InboundLog {
  /** True the first time only; atomic across instances. */
  readonly firstTime: (tenantId: string, conversationId: string, activityId: string) => Promise<boolean>;
  /** So that `firstTime` is false from the commit on; tells nothing. */
  readonly note: (tenantId: string, conversationId: string, activityId: string) => Promise<void>;
  /**
   * True for the version of an activity that came first, however often that one is delivered; false for every other. An
   * activity that `firstTime` has claimed has no such version.
   */
  readonly isFirstVersion: (
    tenantId: string,
    conversationId: string,
    activityId: string,
    version: string,
  ) => Promise<boolean>;
  /** Takes the activity for `seconds` by the database's clock, to answer it. The holder may ask again. */
  readonly claim: (
    conversation: Conversation,
    activityId: string,
    holder: string,
    seconds: number,
  ) => Promise<InboundClaim>;
  /** Writes down what was answered without a claim; nobody answers it any more. As for a claim, `isRemembered`. */
  readonly answered: (
    conversation: Conversation,
    activityId: string,
  ) => Promise<{ readonly isRemembered: boolean }>;
  /** What was claimed was answered. */
  readonly done: (activity: InboundKey, holder: string) => Promise<void>;
  /** What was claimed has come to nothing: it may be claimed anew. */
  readonly release: (activity: InboundKey, holder: string) => Promise<void>;
  /** Whether `firstTime` or `note` has been committed for it; claims nothing. */
  readonly isKnown: (tenantId: string, conversationId: string, activityId: string) => Promise<boolean>;
}
