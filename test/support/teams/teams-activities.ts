/** Builds the activities that Teams sends to a bot, field by field as the wire shows them. */
import { randomUUID } from 'node:crypto';
import type { FileAttachment } from '../../../src/sandbox/files/file-host.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import type { Place } from './teams-places.ts';
import { botTeamsId, newMessageId, teamsIdOf } from './teams-places.ts';

export type OutgoingActivity = Readonly<{ type: string; id: string }> & Readonly<Record<string, unknown>>;

type Bot = Readonly<{ id: string; name: string }>;

export type Sender = Readonly<{ place: Place; user: Person; bot: Bot; serviceUrl: string }>;

export type SaidMessage = Readonly<{
  text: string;
  /** The `text/html` attachment; made of the text without it. */
  html?: string;
  /** Whether the bot is mentioned; by default in groups and channels. */
  mention?: boolean;
  replyToId?: string;
  /** Sent along, which Teams hands over in personal chats only. */
  files?: readonly FileAttachment[];
}>;

/** Whatever kind of activity: who, where and through which service. */
const envelope = ({ place, user, bot, serviceUrl }: Sender): OutgoingActivity => ({
  type: 'message',
  id: place.kind === 'personal' ? `f:${randomUUID()}` : newMessageId(),
  timestamp: new Date().toISOString(),
  localTimezone: 'Europe/Berlin',
  serviceUrl,
  channelId: 'msteams',
  from: { id: teamsIdOf(user), name: user.name, aadObjectId: user.oid },
  recipient: { id: botTeamsId(bot.id), name: bot.name },
  conversation: {
    id: place.id,
    conversationType: place.kind,
    tenantId: place.tenantId,
    ...(place.kind === 'personal' ? {} : { isGroup: true }),
  },
  channelData: {
    tenant: { id: place.tenantId },
    ...(place.team ? { team: { id: place.team.id }, channel: { id: place.team.channelId } } : {}),
  },
  entities: [
    { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/Berlin' },
  ],
  locale: 'en-US',
});

export const messageActivity = (sender: Sender, said: SaidMessage): OutgoingActivity => {
  const base = envelope(sender);
  const { bot, place } = sender;
  const mention = said.mention ?? place.kind !== 'personal';
  const spoken = `<at>${bot.name}</at>`;
  const html = said.html ?? `<p>${said.text}</p>`;
  const span = `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${bot.name}</span>&nbsp;`;
  return {
    ...base,
    text: mention ? `${spoken} ${said.text}` : said.text,
    textFormat: 'plain',
    attachments: [
      ...(said.files ?? []),
      { contentType: 'text/html', content: mention ? `${span}${html}` : html },
    ],
    entities: [
      ...(base['entities'] as readonly unknown[]),
      ...(mention
        ? [{ type: 'mention', mentioned: { id: botTeamsId(bot.id), name: bot.name }, text: spoken }]
        : []),
    ],
    ...(said.replyToId === undefined ? {} : { replyToId: said.replyToId }),
  };
};

export const editedActivity = (sender: Sender, activityId: string, said: SaidMessage): OutgoingActivity => {
  const message = messageActivity(sender, said);
  const channelData = { ...(message['channelData'] as object), eventType: 'editMessage' };
  return { ...message, type: 'messageUpdate', id: activityId, channelData };
};

export const deletedActivity = (sender: Sender, activityId: string): OutgoingActivity => {
  const base = envelope(sender);
  const channelData = { ...(base['channelData'] as object), eventType: 'softDeleteMessage' };
  return { ...base, type: 'messageDelete', id: activityId, channelData };
};

export const installActivity = (
  sender: Sender,
  action: 'add' | 'remove' | 'add-upgrade',
): OutgoingActivity => ({
  ...envelope(sender),
  type: 'installationUpdate',
  action,
});

export const membersAddedActivity = (sender: Sender): OutgoingActivity => ({
  ...envelope(sender),
  type: 'conversationUpdate',
  membersAdded: [{ id: botTeamsId(sender.bot.id) }],
});

/** @param named false for a client that gives the channel's id alone */
export const memberLeftActivity = (sender: Sender, who: Person, named: boolean): OutgoingActivity => ({
  ...envelope(sender),
  type: 'conversationUpdate',
  membersRemoved: [named ? { id: teamsIdOf(who), aadObjectId: who.oid } : { id: teamsIdOf(who) }],
});

export const invokeActivity = (
  sender: Sender,
  name: string,
  value: unknown,
  replyToId?: string,
): OutgoingActivity => ({
  ...envelope(sender),
  type: 'invoke',
  name,
  value,
  ...(replyToId === undefined ? {} : { replyToId }),
});

/** How an Action.Submit, also the fallback of an Execute, arrives: a message with a value and no text. */
export const submitActivity = (sender: Sender, value: unknown, replyToId: string): OutgoingActivity => ({
  ...envelope(sender),
  value,
  replyToId,
});
