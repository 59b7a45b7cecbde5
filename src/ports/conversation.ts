/** Answers for how a conversation is addressed, and what is remembered of it. */

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

/** Inbound activities seen in the last 24 hours; Teams re-sends what was answered slowly. */
export interface InboundLog {
  /** True the first time only; atomic across instances. */
  readonly firstTime: (tenantId: string, conversationId: string, activityId: string) => Promise<boolean>;
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
  /** Makes `firstTime` true once more: what was claimed has come to nothing. */
  readonly forget: (tenantId: string, conversationId: string, activityId: string) => Promise<void>;
  /** Whether `firstTime` has been committed for it; claims nothing. */
  readonly isKnown: (tenantId: string, conversationId: string, activityId: string) => Promise<boolean>;
}
