/** Finds the chat that a person has with the bot, which Teams opens when there is none yet. Source: Teams, "Send proactive messages". */
import type { CloudAdapter } from 'botbuilder';
import * as z from 'zod';
import type { FindPersonalChat } from '../../ports/messenger.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import { withConnector, type IsAllowedServiceUrl } from './adapter.ts';
import { readFault } from './send-outcome.ts';

export interface FindPersonalChatDeps {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  readonly clock: Clock;
  readonly log: Log;
}

const created = z.object({ id: z.string().min(1) });

export function createFindPersonalChat(deps: FindPersonalChatDeps): FindPersonalChat {
  return async function findPersonalChat(
    { tenantId, channelUserId },
    { serviceUrl, botChannelId, ...known },
  ) {
    if (known.tenantId !== tenantId || !deps.isAllowedServiceUrl(serviceUrl)) return { kind: 'none' };
    const wanted = {
      bot: { id: botChannelId },
      members: [{ id: channelUserId }],
      isGroup: false,
      tenantId,
      channelData: { tenant: { id: tenantId } },
    };
    let answer: unknown;
    try {
      // Asked again it is the same chat.
      await withConnector(deps, { ...known, serviceUrl, botChannelId }, async ({ conversations }) => {
        answer = await conversations.createConversation(wanted);
      });
    } catch (err) {
      deps.log.info({ err, tenantId }, 'Teams gives no personal chat');
      const fault = readFault(err, 'change', deps.clock.now());
      if (fault.kind === 'busy') return fault;
      return fault.kind === 'unknown' ? { kind: 'busy' } : { kind: 'none' };
    }
    const conversationId = created.safeParse(answer).data?.id;
    if (conversationId === undefined) return { kind: 'none' };
    return {
      kind: 'found',
      conversation: { tenantId, conversationId, kind: 'personal', serviceUrl, botChannelId },
    };
  };
}
