/** Reads who speaks to the bot and where, from the authenticated activity and from nothing else. */
import { isGuid } from '../../domain/exports/explorer-url.ts';
import type { Requester } from '../../domain/exports/export-job.ts';
import type { Conversation, ConversationKind } from '../../ports/conversation.ts';
import type { InboundActivity } from './inbound-activity.ts';

/** One activity that reached the bot, with what every handler needs of it. */
export interface Turn {
  readonly activity: InboundActivity;
  readonly conversation: Conversation;
  /** Undefined when Teams names no Entra user: another bot, or an event without an author. */
  readonly requester?: Requester;
}

/** A turn that somebody in particular caused. */
export type PersonsTurn = Turn & { readonly requester: Requester };

/** Every tenant id that the activity names, lower case; the first is the conversation's. */
export function tenantsIn({ conversation, channelData }: InboundActivity): readonly string[] {
  return [conversation?.tenantId, channelData?.tenant?.id]
    .map((id) => id?.toLowerCase() ?? '')
    .filter((id) => id !== '');
}

/** Undefined when the activity does not say where it comes from. */
export function readTurn(activity: InboundActivity): Turn | undefined {
  const { conversation, recipient, serviceUrl } = activity;
  const [tenantId] = tenantsIn(activity);
  if (conversation === undefined || recipient === undefined || serviceUrl === undefined) return undefined;
  if (tenantId === undefined) return undefined;
  const requester = readRequester(activity, tenantId);
  return {
    activity,
    conversation: {
      tenantId,
      conversationId: conversation.id,
      kind: kindOf(conversation),
      serviceUrl,
      botChannelId: recipient.id,
    },
    ...(requester !== undefined && { requester }),
  };
}

function readRequester({ from }: InboundActivity, tenantId: string): Requester | undefined {
  if (from?.aadObjectId === undefined || !isGuid(from.aadObjectId)) return undefined;
  return { tenantId, userId: from.aadObjectId.toLowerCase(), name: from.name ?? '', channelUserId: from.id };
}

/** Whatever does not clearly say `personal` is taken for a place where others read along. */
function kindOf(conversation: NonNullable<InboundActivity['conversation']>): ConversationKind {
  switch (conversation.conversationType) {
    case 'personal':
      return conversation.isGroup === true ? 'groupChat' : 'personal';
    case 'channel':
      return 'channel';
    default:
      return 'groupChat';
  }
}

/** True for a message below somebody's post: `;messageid=` names the post, which the bot does not receive. */
export function isReplyInThread({ activity, conversation }: Turn): boolean {
  const post = /;messageid=(\d+)$/.exec(conversation.conversationId)?.[1];
  return conversation.kind === 'channel' && post !== undefined && post !== activity.id;
}

export interface InvokeAnswer {
  readonly status: number;
  readonly body?: object;
}
