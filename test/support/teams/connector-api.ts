/** Serves the connector API that a bot calls back: keeps every version of every activity, in the order of arrival. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Call, Answer } from '../../../src/sandbox/loopback/script.ts';
import {
  createLoopbackServer,
  type LoopbackServer,
  type RawCall,
} from '../../../src/sandbox/loopback/loopback-server.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { newMessageId, personalChat, teamsIdOf } from './teams-places.ts';

const sentActivity = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  summary: z.string().optional(),
  attachments: z
    .array(z.looseObject({ contentType: z.string(), content: z.unknown().optional() }))
    .optional(),
});
const newConversation = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  activity: sentActivity.optional(),
});

export type SentActivity = z.infer<typeof sentActivity>;

export type KeptActivity = Readonly<{
  id: string;
  conversationId: string;
  replyToId?: string;
  /** The first is what was posted; each update adds one. */
  versions: readonly SentActivity[];
  deleted: boolean;
}>;

export type ConnectorApi = LoopbackServer &
  Readonly<{
    activities: () => readonly KeptActivity[];
    /** How somebody stands in a group or channel from now on; a member, unless a test says otherwise. */
    setMember: (conversationId: string, person: Person, standing: Standing) => void;
  }>;

type Standing = 'owner' | 'user' | 'gone';

export type ConnectorOptions = Readonly<{
  botId: string;
  /** Keys of the Entra ID that issued the bot's own token. */
  jwksUrl: string;
  users: readonly Person[];
}>;

export const createConnectorApi = ({ botId, jwksUrl, users }: ConnectorOptions): ConnectorApi => {
  const kept = new Map<string, KeptActivity>();
  const keys = createRemoteJWKSet(new URL(jwksUrl));

  const isTheBot = async (call: Call): Promise<boolean> => {
    const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1];
    if (token === undefined) return false;
    try {
      const { payload } = await jwtVerify(token, keys, {
        audience: 'https://api.botframework.com',
        clockTolerance: 5,
      });
      return payload['appid'] === botId;
    } catch {
      return false;
    }
  };

  const post = (conversationId: string, body: unknown, replyToId?: string): Answer => {
    const id = newMessageId();
    // It is shown for some seconds, and is no message.
    if (isTyping(body)) return { status: 201, body: { id } };
    const version = sentActivity.parse(body);
    const reply = replyToId === undefined ? {} : { replyToId };
    kept.set(id, { id, conversationId, versions: [version], deleted: false, ...reply });
    return { status: 201, body: { id } };
  };

  const change = (id: string, update: (activity: KeptActivity) => KeptActivity): Answer => {
    const activity = kept.get(id);
    if (!activity || activity.deleted) return connectorError(404, 'ActivityNotFoundInConversation');
    kept.set(id, update(activity));
    return { status: 200, body: { id } };
  };

  const standings = new Map<string, Standing>();
  const standingKey = (conversationId: string, { oid }: Person): string =>
    `${conversationId.replace(/;messageid=\d+$/, '')} ${oid}`;
  const rosterOf = (conversationId: string) =>
    users.flatMap((person) => {
      const standing = standings.get(standingKey(conversationId, person)) ?? 'user';
      return standing === 'gone' ? [] : memberOf(person, standing);
    });
  const members = (conversationId: string, id: string | undefined): Answer => {
    const all = rosterOf(conversationId);
    if (id === undefined) return { status: 200, body: all };
    const one = all.find((member) => member.id === id || member.aadObjectId === id);
    return one ? { status: 200, body: one } : connectorError(404, 'MemberNotFoundInConversation');
  };

  const handle = async (call: Call): Promise<Answer> => {
    if (!(await isTheBot(call))) return connectorError(401, 'BotNotRegistered');
    const { conversation = '', activity = '', member } = call.about;
    switch (call.op) {
      case 'createConversation': {
        const wanted = newConversation.parse(jsonOf(call));
        const whose = users.find((person) => teamsIdOf(person) === wanted.members?.[0]?.id);
        const id = whose === undefined ? `a:1${newMessageId()}` : personalChat(whose).id;
        const first = wanted.activity ? post(id, wanted.activity) : undefined;
        return {
          status: 201,
          body: { id, ...(first ? { activityId: (first.body as { id: string }).id } : {}) },
        };
      }
      case 'post':
        return post(conversation, jsonOf(call), activity === '' ? undefined : activity);
      case 'put':
        return change(activity, (one) => ({
          ...one,
          versions: [...one.versions, sentActivity.parse(jsonOf(call))],
        }));
      case 'delete':
        return change(activity, (one) => ({ ...one, deleted: true }));
      case 'members':
        return members(conversation, member);
      case 'pagedMembers':
        return { status: 200, body: { members: rosterOf(conversation) } };
      default:
        return connectorError(404, 'NotFound');
    }
  };

  const server = createLoopbackServer({ annotate: readConnectorCall, handle });
  return {
    ...server,
    activities: () => [...kept.values()],
    setMember: (conversationId, person, standing) => {
      standings.set(standingKey(conversationId, person), standing);
    },
  };
};

const isTyping = (body: unknown): boolean => z.object({ type: z.literal('typing') }).safeParse(body).success;

export const connectorError = (status: number, code: string, message = code): Answer => ({
  status,
  body: { error: { code, message } },
});

const readConnectorCall = (call: RawCall): Pick<Call, 'op' | 'about'> => {
  const [, conversation, what, id] =
    /^\/v3\/conversations(?:\/([^/]+))?(?:\/([^/]+))?(?:\/(.+))?$/.exec(call.path) ?? [];
  if (conversation === undefined)
    return { op: call.method === 'POST' ? 'createConversation' : 'other', about: {} };
  if (what === 'members')
    return { op: 'members', about: { conversation, ...(id === undefined ? {} : { member: id }) } };
  if (what === 'pagedmembers') return { op: 'pagedMembers', about: { conversation } };
  if (what !== 'activities') return { op: 'other', about: { conversation } };
  return {
    op: call.method.toLowerCase(),
    about: { conversation, ...(id === undefined ? {} : { activity: id }) },
  };
};

const memberOf = (person: Person, userRole: Standing) => ({
  id: teamsIdOf(person),
  aadObjectId: person.oid,
  objectId: person.oid,
  name: person.name,
  userPrincipalName: person.userPrincipalName,
  email: person.userPrincipalName,
  tenantId: person.tid,
  userRole,
});

const jsonOf = (call: Call): unknown => JSON.parse(call.body.toString('utf8'));
