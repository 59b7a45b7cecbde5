/** Makes places of conversations, with ids shaped as Teams shapes them. */
import { createHash, randomUUID } from 'node:crypto';
import type { Person } from '../../../src/sandbox/chat/people.ts';

export type Place = Readonly<{
  kind: 'personal' | 'groupChat' | 'channel';
  /** Conversation id; a channel thread carries `;messageid=`. */
  id: string;
  tenantId: string;
  members: readonly Person[];
  team?: Readonly<{ id: string; channelId: string }>;
}>;

/** What Teams calls a person inside a bot's conversations. */
export const teamsIdOf = (person: Person): string => `29:1${hash(person.oid)}`;

export const botTeamsId = (botId: string): string => `28:${botId}`;

export const personalChat = (person: Person): Place => ({
  kind: 'personal',
  id: `a:1${hash(`personal ${person.tid} ${person.oid}`)}`,
  tenantId: person.tid,
  members: [person],
});

export const groupChat = (members: readonly [Person, ...Person[]]): Place => ({
  kind: 'groupChat',
  id: `19:${randomUUID().replaceAll('-', '')}@thread.v2`,
  tenantId: members[0].tid,
  members,
});

/** A new thread in a channel of its own. */
export const channelThread = (
  members: readonly [Person, ...Person[]],
  channelId = newChannelId(),
): Place => ({
  kind: 'channel',
  id: `${channelId};messageid=${newMessageId()}`,
  tenantId: members[0].tid,
  members,
  team: { id: channelId, channelId },
});

let lastMessageId = 0;

/** Milliseconds since 1970, as Teams has them, and never the same twice. */
export const newMessageId = (): string => {
  lastMessageId = Math.max(lastMessageId + 1, Date.now());
  return String(lastMessageId);
};

const newChannelId = (): string => `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`;

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
