/** Answers for the bot being removed: from one person's chats it forgets the person, from a team or group that conversation only. */
import type { Person } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Stores } from '../ports/runtime.ts';
import type { SignOut } from './sign-in/sign-out.ts';

export interface BotRemovedDeps {
  readonly stores: Pick<Stores, 'conversations'>;
  readonly signOut: SignOut;
}

export type BotRemoved = (given: {
  readonly conversation: Conversation;
  readonly requester?: Person;
}) => Promise<void>;

export function createBotRemoved({ stores, signOut }: BotRemovedDeps): BotRemoved {
  return async function botRemoved({ conversation, requester }) {
    if (conversation.kind === 'personal' && requester !== undefined)
      await signOut({ requester, removedFrom: conversation });
    else await stores.conversations.forget(conversation.tenantId, conversation.conversationId);
  };
}
