/** Welcomes a conversation once when the bot is added, forgets it when the bot is removed, and follows what becomes of a team. */
import { welcomeCard } from '../../cards/talk/help-cards.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import { present } from '../../domain/present.ts';
import type { Conversation, Conversations } from '../../ports/conversation.ts';
import type { BotRemoved } from '../../usecases/sign-in/sign-out.ts';
import type { FollowTeam } from '../../usecases/schedules/follow-team.ts';
import type { Subscriptions } from '../../usecases/schedules/subscriptions.ts';
import type { NameOf } from './find-member.ts';
import type { Reply } from '../send/replies.ts';
import type { Turn } from '../receive/turn.ts';

export interface OnInstallDeps {
  readonly conversations: Pick<Conversations, 'claimWelcome'>;
  readonly botRemoved: BotRemoved;
  readonly followTeam: FollowTeam;
  readonly subscriptions: Pick<Subscriptions, 'left'>;
  readonly nameOf: NameOf;
  readonly reply: Reply;
}

export interface OnInstall {
  /** `installationUpdate`; an upgrade of the app is neither. */
  readonly installationUpdate: (turn: Turn) => Promise<void>;
  /** Older clients, and group chats, say the same as `conversationUpdate`; so does Teams what becomes of a team and its channels. */
  readonly conversationUpdate: (turn: Turn) => Promise<void>;
}

const patienceMilliseconds = 1500;

export function onInstall(deps: OnInstallDeps): OnInstall {
  const added = async (turn: Turn): Promise<void> => {
    const { conversation, words } = turn;
    if (!(await deps.conversations.claimWelcome(conversation))) return;
    const scope = conversation.kind === 'personal' ? 'personal' : 'shared';
    deps.reply(turn, welcomeCard(words, scope, scope === 'shared' ? await addedBy(turn) : undefined));
  };
  // An installation names its author by id; the roster knows more, and is not waited for.
  const addedBy = async ({ requester, conversation }: Turn): Promise<string | undefined> => {
    if (requester === undefined || requester.name.trim() !== '') return requester?.name;
    return withTimeout(patienceMilliseconds, deps.nameOf(conversation, requester));
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
      const over = placeThatIsOver(turn);
      if (over !== undefined) return deps.botRemoved({ conversation: over });
      const to = standings.get(eventOf(turn) ?? '');
      if (to !== undefined) return deps.followTeam({ conversation: teamOf(turn), to });
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

const eventOf = ({ activity }: Turn): string | undefined =>
  activity.type === 'conversationUpdate' ? activity.channelData?.eventType : undefined;

const isTeamOver = (turn: Turn): boolean => ['teamDeleted', 'teamHardDeleted'].includes(eventOf(turn) ?? '');

const standings: ReadonlyMap<string, 'archived' | 'active'> = new Map([
  ['teamArchived', 'archived'],
  ['teamUnarchived', 'active'],
] as const);

const teamOf = ({ conversation }: Turn): Conversation => ({
  ...conversation,
  conversationId: conversation.teamId ?? conversation.conversationId,
});

/** Teams tells of a channel, as of a team, in the team's first channel, which stays. */
function placeThatIsOver(turn: Turn): Conversation | undefined {
  if (isTeamOver(turn)) return teamOf(turn);
  const channelId = turn.activity.channelData?.channel?.id;
  return eventOf(turn) === 'channelDeleted' && channelId !== undefined
    ? { ...turn.conversation, conversationId: channelId }
    : undefined;
}

/** True when the activity says that the bot is no longer there: nothing may be remembered of it. */
export function isFarewell(turn: Turn): boolean {
  const { activity, conversation } = turn;
  const isUninstalled = activity.type === 'installationUpdate' && activity.action === 'remove';
  const isBot = ({ id }: { readonly id: string }): boolean => id === conversation.botChannelId;
  return isUninstalled || (activity.membersRemoved ?? []).some(isBot) || isTeamOver(turn);
}
