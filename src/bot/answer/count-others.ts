/** Counts whom a message in a group or channel reaches beside its author, by Teams' roster. Source: Teams, "Get member details". */
import type { CloudAdapter } from 'botbuilder';
import * as z from 'zod';
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { CountOthers } from '../../ports/messenger.ts';
import type { Log } from '../../ports/runtime.ts';
import { withConnector, type IsAllowedServiceUrl } from '../send/adapter.ts';
import { rosterOf } from './find-member.ts';

export interface CountOthersDeps {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  readonly log: Log;
}

const memberOf = z.object({ id: z.string(), aadObjectId: z.string().optional().catch(undefined) });
type Member = z.infer<typeof memberOf>;

const pageOf = z.object({
  members: z.array(memberOf),
  continuationToken: z.string().optional(),
});

/** The most that Teams gives at a time; a team has at most 25,000 members. */
const pageSize = '500';
const maxPages = 50;

export function createCountOthers(deps: CountOthersDeps): CountOthers {
  return async function countOthers(conversation, person) {
    if (!deps.isAllowedServiceUrl(conversation.serviceUrl)) return undefined;
    const place = rosterOf(conversation);
    const members: Member[] = [];
    let pages = 0;
    let next: string | undefined;
    try {
      await withConnector(deps, conversation, async ({ conversations }) => {
        do {
          const wanted = { pageSize, ...present({ continuationToken: next }) };
          const answer = await conversations.getConversationPagedMembers(place, wanted);
          const page = pageOf.parse(answer);
          members.push(...page.members);
          pages += 1;
          next = page.continuationToken;
        } while (next !== undefined && next !== '' && pages < maxPages);
      });
    } catch (err) {
      const { conversationId } = conversation;
      deps.log.info({ err, conversationId }, 'Teams does not say who is in a conversation');
      return undefined;
    }
    // A roster without anybody is none: whoever asks is there.
    const isWhole = (next === undefined || next === '') && members.length > 0;
    return isWhole
      ? members.filter((member) => isSomebodyElse(member, conversation, person)).length
      : undefined;
  };
}

/** Teams leaves bots out of the roster, or names them with an id of their own kind. */
const isSomebodyElse = (
  { id, aadObjectId }: Member,
  { botChannelId }: Conversation,
  { channelUserId, userId }: Requester,
): boolean =>
  id !== botChannelId &&
  !id.startsWith('28:') &&
  id !== channelUserId &&
  aadObjectId?.toLowerCase() !== userId.toLowerCase();
