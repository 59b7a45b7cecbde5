/** Asks Teams' roster for one person: whether they are in a conversation, own its team, and what they are called. Source: Teams, "Get member details". */
import type { CloudAdapter } from 'botbuilder';
import * as z from 'zod';
import type { Requester } from '../../domain/exports/export-job.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { FindMember } from '../../ports/messenger.ts';
import type { Log } from '../../ports/runtime.ts';
import { withConnector, type IsAllowedServiceUrl } from '../send/adapter.ts';
import { ConnectorError } from '../send/connector-client.ts';

export interface FindMemberDeps {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  readonly log: Log;
}

const memberOf = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  aadObjectId: z.string().optional().catch(undefined),
  /** `owner`, `user` or `guest`. */
  userRole: z.string().optional().catch(undefined),
});

/** Any other refusal speaks of the bot or of the conversation, not of the person. */
const saysGone = /"MemberNotFoundInConversation"/i;

export function createFindMember(deps: FindMemberDeps): FindMember {
  return async function findMember(conversation, person) {
    const member = await ask(deps, conversation, person);
    if (typeof member === 'string') return member;
    return member.userRole?.toLowerCase() === 'owner' ? 'owner' : 'member';
  };
}

/** What somebody in a conversation is called; undefined where Teams does not say. */
export type NameOf = (conversation: Conversation, person: Requester) => Promise<string | undefined>;

export function createNameOf(deps: FindMemberDeps): NameOf {
  return async function nameOf(conversation, person) {
    const member = await ask(deps, conversation, person);
    return typeof member === 'string' ? undefined : member.name;
  };
}

async function ask(
  deps: FindMemberDeps,
  conversation: Conversation,
  person: Requester,
): Promise<z.infer<typeof memberOf> | 'gone' | 'unknown'> {
  if (!deps.isAllowedServiceUrl(conversation.serviceUrl)) return 'unknown';
  let answer: unknown;
  try {
    await withConnector(deps, conversation, async ({ conversations }) => {
      answer = await conversations.getConversationMember(rosterOf(conversation), person.channelUserId);
    });
  } catch (err) {
    if (err instanceof ConnectorError && err.answer.status === 404 && saysGone.test(err.answer.body))
      return 'gone';
    const { conversationId } = conversation;
    deps.log.info({ err, conversationId }, 'Teams does not say whether somebody is in a conversation');
    return 'unknown';
  }
  const member = memberOf.safeParse(answer).data;
  return member === undefined || !isThem(member, person) ? 'unknown' : member;
}

/** The roster is the channel's, not the thread's. */
export const rosterOf = ({ conversationId }: Conversation): string =>
  conversationId.replace(/;messageid=\d+$/, '');

const isThem = (
  { id, aadObjectId }: z.infer<typeof memberOf>,
  { channelUserId, userId }: Requester,
): boolean => id === channelUserId || aadObjectId?.toLowerCase() === userId.toLowerCase();
