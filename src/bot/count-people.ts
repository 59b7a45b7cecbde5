/** Answers for how many people a message in a group or channel reaches, as Teams' roster has it. */
import type { CloudAdapter } from 'botbuilder';
import { z } from 'zod';
import { present } from '../domain/present.ts';
import type { CountPeople } from '../ports/messenger.ts';
import type { Log } from '../ports/runtime.ts';
import { withConnector } from './connector.ts';
import type { IsAllowedServiceUrl } from './service-urls.ts';

export interface CountPeopleDeps {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  readonly log: Log;
}

interface Page {
  readonly pageSize?: number;
  readonly continuationToken?: string;
}

const pageOf = z.object({
  members: z.array(z.unknown()),
  continuationToken: z.string().optional(),
});

/** The most that Teams gives at a time; a team has at most 25,000 members. */
const pageSize = 500;
const mostPages = 50;

export const createCountPeople =
  (deps: CountPeopleDeps): CountPeople =>
  async (conversation) => {
    if (!deps.isAllowedServiceUrl(conversation.serviceUrl)) return undefined;
    // The roster is the channel's, not the thread's.
    const place = conversation.conversationId.replace(/;messageid=\d+$/, '');
    const pages: number[] = [];
    let next: string | undefined;
    try {
      await withConnector(deps, conversation, async ({ conversations }) => {
        do {
          const wanted = { pageSize, ...present({ continuationToken: next }) };
          // The SDK's types want a token for the first page, too.
          const answer = await conversations.getConversationPagedMembers(place, wanted as Required<Page>);
          const page = pageOf.parse(answer);
          pages.push(page.members.length);
          next = page.continuationToken;
        } while (next !== undefined && next !== '' && pages.length < mostPages);
      });
    } catch (err) {
      const { conversationId } = conversation;
      deps.log.info({ err, conversationId }, 'Teams does not say who is in a conversation');
      return undefined;
    }
    const people = pages.reduce((total, members) => total + members, 0);
    return (next === undefined || next === '') && people > 0 ? people : undefined;
  };
