/** Shows that the bot is typing when somebody wrote and sees nothing of an answer after 1.5 seconds. */
import type { Conversation } from '../../ports/conversation.ts';
import type { Log } from '../../ports/runtime.ts';
import type { Connector } from './connector.ts';

export interface TypingIndicator {
  /** Whatever it delivers is a sign. */
  readonly connector: Connector;
  /** Somebody wrote and waits. */
  readonly expect: (conversation: Conversation) => void;
}

export interface TypingIndicatorDeps {
  readonly connector: Connector;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly log: Pick<Log, 'warn'>;
}

const patience = 1_500;

export function createTypingIndicator({ connector, pause, log }: TypingIndicatorDeps): TypingIndicator {
  /** Of each conversation, who waits; gone as soon as there is a sign. */
  const waiting = new Map<string, Set<symbol>>();
  const seen = <T extends { readonly kind: string }>(conversation: Conversation, delivery: T): T => {
    if (delivery.kind === 'sent') waiting.delete(conversation.conversationId);
    return delivery;
  };
  const typeUnlessSeen = async (conversation: Conversation): Promise<void> => {
    const { conversationId } = conversation;
    const wait = Symbol();
    const others = waiting.get(conversationId) ?? new Set();
    waiting.set(conversationId, others.add(wait));
    await pause(patience);
    others.delete(wait);
    if (waiting.get(conversationId) !== others) return;
    if (others.size === 0) waiting.delete(conversationId);
    await connector.typing(conversation);
  };
  return {
    connector: {
      ...connector,
      post: async (conversation, activity, mayGo) =>
        seen(conversation, await connector.post(conversation, activity, mayGo)),
      update: async (conversation, activityId, activity) =>
        seen(conversation, await connector.update(conversation, activityId, activity)),
    },
    expect: (conversation) => {
      typeUnlessSeen(conversation).catch((err: unknown) => {
        log.warn({ err }, 'could not show that the bot is typing');
      });
    },
  };
}
