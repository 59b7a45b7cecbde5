/**
 * Reads an activity, and from it and nothing else who speaks to the bot and where. A missing or odd part of it is left out, never
 * trusted. Source: Bot Framework activity schema.
 */
import * as z from 'zod';
import { isGuid } from '../../domain/guid.ts';
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { isZone } from '../../domain/schedules/next-run.ts';
import type { Conversation, ConversationKind } from '../../ports/conversation.ts';
import type { Words, WordsFor } from '../../words/words.ts';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const named = z.object({ id: text }).optional().catch(undefined);

const account = z.object({ id: z.string().min(1), name: text, aadObjectId: text });
const accounts = z.array(account).optional().catch(undefined);

const attachment = z.object({ contentType: z.string(), name: text, content: z.unknown().optional() });
/** IANA. */
const zone = z.string().max(64).refine(isZone).optional().catch(undefined);
const entity = z.object({
  type: text,
  text,
  timezone: zone,
  mentioned: z.object({ id: text, name: text }).optional().catch(undefined),
});

const inboundActivity = z.object({
  type: z.string().min(1),
  id: text,
  timestamp: text,
  name: text,
  action: text,
  replyToId: text,
  channelId: text,
  serviceUrl: text,
  locale: z
    .string()
    .regex(/^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i)
    .optional()
    .catch(undefined),
  localTimezone: zone,
  from: account.optional().catch(undefined),
  recipient: account.optional().catch(undefined),
  conversation: z
    .object({ id: z.string().min(1), conversationType: text, isGroup: flag, tenantId: text })
    .optional()
    .catch(undefined),
  text,
  value: z.unknown().optional(),
  attachments: z.array(attachment.optional().catch(undefined)).optional().catch(undefined),
  entities: z.array(entity.optional().catch(undefined)).optional().catch(undefined),
  channelData: z
    .object({ tenant: named, team: named, channel: named, eventType: text })
    .optional()
    .catch(undefined),
  membersAdded: accounts,
  membersRemoved: accounts,
});

export type InboundActivity = Readonly<z.infer<typeof inboundActivity>>;

/** Undefined for what is no activity at all. */
export function readActivity(body: unknown): InboundActivity | undefined {
  const reading = inboundActivity.safeParse(body);
  return reading.success ? reading.data : undefined;
}

/** One activity that reached the bot, with what every handler needs of it. */
export interface Turn {
  readonly activity: InboundActivity;
  readonly conversation: Conversation;
  /** In the language of whoever caused it. */
  readonly words: Words;
  /** Undefined when Teams names no Entra user: another bot, or an event without an author. */
  readonly requester?: Requester;
  /** Where whoever caused it lives, an IANA time zone; undefined where their client does not say. */
  readonly zone?: string;
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
export function readTurn(activity: InboundActivity, wordsFor: WordsFor): Turn | undefined {
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
      ...present({ teamId: activity.channelData?.team?.id }),
    },
    words: wordsFor(activity.locale),
    ...present({ requester, zone: zoneIn(activity) }),
  };
}

const zoneIn = ({ localTimezone, entities = [] }: InboundActivity): string | undefined =>
  localTimezone ?? entities.find((one) => one?.type === 'clientInfo')?.timezone;

function readRequester({ from, locale }: InboundActivity, tenantId: string): Requester | undefined {
  if (from?.aadObjectId === undefined || !isGuid(from.aadObjectId)) return undefined;
  return {
    tenantId,
    userId: from.aadObjectId.toLowerCase(),
    name: from.name ?? '',
    channelUserId: from.id,
    ...present({ locale }),
  };
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
