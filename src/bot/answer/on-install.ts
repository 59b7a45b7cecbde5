/** Welcomes a conversation once when the bot is added, and forgets it when the bot is removed. */
import { welcomeCard } from '../../cards/talk/help-cards.ts';
import { present } from '../../domain/present.ts';
import type { Conversations } from '../../ports/conversation.ts';
import type { BotRemoved } from '../../usecases/sign-in/sign-out.ts';
import type { Subscriptions } from '../../usecases/schedules/subscriptions.ts';
import type { Reply } from '../send/replies.ts';
import type { Turn } from '../receive/turn.ts';

export interface OnInstallDeps {
  readonly conversations: Pick<Conversations, 'claimWelcome'>;
  readonly botRemoved: BotRemoved;
  readonly subscriptions: Pick<Subscriptions, 'left'>;
  readonly reply: Reply;
}

export interface OnInstall {
  /** `installationUpdate`; an upgrade of the app is neither. */
  readonly installationUpdate: (turn: Turn) => Promise<void>;
  /** Older clients, and group chats, say the same as `conversationUpdate`. */
  readonly conversationUpdate: (turn: Turn) => Promise<void>;
}

export function onInstall(deps: OnInstallDeps): OnInstall {
  const added = async (turn: Turn): Promise<void> => {
    const { conversation, words } = turn;
    if (!(await deps.conversations.claimWelcome(conversation))) return;
    deps.reply(turn, welcomeCard(words, conversation.kind === 'personal' ? 'personal' : 'shared'));
  };
  const removed = ({ conversation, requester }: Turn): Promise<void> =>
    deps.botRemoved({ conversation, ...present({ requester }) });
  return {
    installationUpdate: async (turn) => {
      if (turn.activity.action === 'add') await added(turn);
      if (turn.activity.action === 'remove') await removed(turn);
    },
    conversationUpdate: async (turn) => {
      const { membersAdded = [], membersRemoved = [] } = turn.activity;
      const isBot = ({ id }: { readonly id: string }): boolean => id === turn.conversation.botChannelId;
      if (membersAdded.some(isBot)) await added(turn);
      if (membersRemoved.some(isBot)) return removed(turn);
      const who = membersRemoved.map(({ id, aadObjectId }) => ({
        channelUserId: id,
        ...present({ userId: aadObjectId?.toLowerCase() }),
      }));
      if (who.length > 0 && turn.conversation.kind !== 'personal')
        await deps.subscriptions.left({ conversation: turn.conversation, who });
    },
  };
}

/** True when the activity says that the bot is no longer there: nothing may be remembered of it. */
export const isFarewell = ({ activity, conversation }: Turn): boolean =>
  (activity.type === 'installationUpdate' && activity.action === 'remove') ||
  (activity.membersRemoved ?? []).some(({ id }) => id === conversation.botChannelId);
