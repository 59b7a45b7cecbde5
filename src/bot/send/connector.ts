/** Sends, updates and removes messages through the connector: to allowed hosts, within Teams' limits, faults as outcomes. */
import type { Activity, CloudAdapter } from 'botbuilder';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log } from '../../ports/runtime.ts';
import { conversationAccount, withConnector, type IsAllowedServiceUrl } from './adapter.ts';
import type { CoalesceUpdates } from '../../blocks/coalesce-updates.ts';
import type { OutboundActivity } from './outbound-activities.ts';
import type { SendLimits } from './send-limits.ts';
import { BotTokenError, ConnectorError, type ConnectorClient } from './connector-client.ts';
import type { How, Retry } from './retry-policy.ts';
import { readFault, type Delivery } from './send-outcome.ts';

export interface Connector {
  /** @param mayGo asked once its turn has come; when not, it is `busy` */
  readonly post: (
    conversation: Conversation,
    activity: OutboundActivity,
    mayGo?: () => Promise<boolean>,
  ) => Promise<Delivery>;
  /** An update that a newer one of the same activity overtakes while it waits is not sent; both get the newer one's delivery. */
  readonly update: (
    conversation: Conversation,
    activityId: string,
    activity: OutboundActivity,
  ) => Promise<Delivery>;
  /** Shows for some seconds that the bot is typing, if Teams' limits leave room at once: no message waits for it. */
  readonly typing: (conversation: Conversation) => Promise<void>;
  /** Takes a message of the bot's away. */
  readonly remove: (conversation: Conversation, activityId: string) => Promise<Delivery>;
}

export interface ConnectorDeps {
  readonly adapter: CloudAdapter;
  readonly botId: string;
  readonly retry: Retry;
  readonly isAllowedServiceUrl: IsAllowedServiceUrl;
  readonly limits: Pick<SendLimits, 'enter' | 'isFree'>;
  /** Gets what each request needs, such as the bot's token, so that a message leaves as soon as its turn has come. */
  readonly prepare?: () => Promise<unknown>;
  readonly coalesce: CoalesceUpdates<OutboundActivity, Delivery>;
  readonly clock: Clock;
  readonly log: Log;
}

type Send = (client: ConnectorClient) => Promise<{ readonly id?: string | undefined } | undefined>;

export function createConnector(deps: ConnectorDeps): Connector {
  return {
    post: (conversation, activity, mayGo) =>
      deliver(
        deps,
        conversation,
        'post',
        ({ conversations }) =>
          conversations.sendToConversation(conversation.conversationId, addressed(conversation, activity)),
        mayGo,
      ),
    update: (conversation, activityId, activity) =>
      deps.coalesce(`${conversation.conversationId} ${activityId}`, activity, (take) =>
        deliver(deps, conversation, 'change', ({ conversations }) =>
          conversations.updateActivity(conversation.conversationId, activityId, {
            ...addressed(conversation, take()),
            id: activityId,
          }),
        ),
      ),
    typing: async (conversation) => {
      if (!deps.limits.isFree(conversation)) return;
      const activity = { ...addressed(conversation, { type: 'message' }), type: 'typing' };
      await deliver(deps, conversation, 'post', ({ conversations }) =>
        conversations.sendToConversation(conversation.conversationId, activity),
      );
    },
    remove: (conversation, activityId) =>
      deliver(deps, conversation, 'change', async ({ conversations }) => {
        await conversations.deleteActivity(conversation.conversationId, activityId);
        return undefined;
      }),
  };
}

/** Every send comes through here; a retry takes its turn in the retry policy. */
async function deliver(
  deps: ConnectorDeps,
  conversation: Conversation,
  how: How,
  send: Send,
  mayGo?: () => Promise<boolean>,
): Promise<Delivery> {
  const log = deps.log.child({ conversationId: conversation.conversationId });
  if (!deps.isAllowedServiceUrl(conversation.serviceUrl)) {
    log.error({}, 'a stored service URL is not on the allow-list (BOT_SERVICE_URL_HOSTS): nothing is sent');
    return { kind: 'blocked' };
  }
  // Without it the send itself fails, and says why.
  await deps.prepare?.().catch(() => undefined);
  const retryAfter = await deps.limits.enter(conversation);
  if (retryAfter !== undefined) {
    log.info({ retryAfter }, 'a conversation has had as many messages as Teams takes; the next one waits');
    return { kind: 'busy', retryAfter };
  }
  if ((await mayGo?.()) === false) return { kind: 'busy' };
  let activityId: string | undefined;
  try {
    await withConnector(deps, conversation, async (client) => {
      activityId = (await deps.retry(conversation, how, () => send(client)))?.id;
    });
  } catch (cause) {
    return report(readFault(cause, how, deps.clock.now()), cause, log);
  }
  return activityId === undefined || activityId === '' ? { kind: 'sent' } : { kind: 'sent', activityId };
}

/** Sends name the conversation themselves: the SDK's own reply would answer its made-up continuation activity. */
function addressed(conversation: Conversation, activity: OutboundActivity): Partial<Activity> {
  const { attachments = [], ...rest } = activity;
  return {
    ...rest,
    ...(attachments.length > 0 && { attachments: [...attachments] }),
    from: { id: conversation.botChannelId, name: '' },
    conversation: conversationAccount(conversation),
  };
}

function report(outcome: Delivery, cause: unknown, log: Log): Delivery {
  const status = cause instanceof ConnectorError ? cause.answer.status : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const fields = { outcome: outcome.kind, status, fault: code };
  if (cause instanceof BotTokenError) {
    log.error(
      { ...fields, err: cause.cause },
      'no token for the connector: check the bot registration (BOT_*)',
    );
  } else if (status === 401) {
    log.error(fields, 'the connector does not know the bot: check BOT_ID and its Teams channel');
  } else if (status === 400) log.error(fields, 'the connector does not take what the bot sends');
  else log.warn(fields, 'a message was not delivered');
  return outcome;
}
