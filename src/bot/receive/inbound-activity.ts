/** Reads an inbound activity: a missing or odd part is left out, never trusted. Source: Bot Framework activity schema. */
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const account = z.object({ id: z.string().min(1), name: text, aadObjectId: text });
const accounts = z.array(account).optional().catch(undefined);

const attachment = z.object({ contentType: z.string(), name: text, content: z.unknown().optional() });
const entity = z.object({
  type: text,
  text,
  mentioned: z.object({ id: text, name: text }).optional().catch(undefined),
});

const inboundActivity = z.object({
  type: z.string().min(1),
  id: text,
  name: text,
  action: text,
  replyToId: text,
  channelId: text,
  serviceUrl: text,
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
    .object({ tenant: z.object({ id: text }).optional().catch(undefined), eventType: text })
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
