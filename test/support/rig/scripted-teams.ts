/** Keeps conversations in memory behind the port Messenger; a script can answer in their place. */
import type { Conversation } from '../../../src/ports/conversation.ts';
import type { FindMember, Message, Messenger, SendOutcome } from '../../../src/ports/messenger.ts';

interface Sent {
  readonly how: 'post' | 'update';
  readonly conversationId: string;
  readonly activityId: string;
  readonly message: Message;
}

type Removal = () => SendOutcome;

type Instead = (send: () => SendOutcome, message: Message) => SendOutcome | Promise<SendOutcome>;

export interface ScriptedTeams extends Messenger {
  /** Each entry answers one call, in order. */
  readonly script: { readonly post: Instead[]; readonly update: Instead[]; readonly remove: Removal[] };
  readonly sent: Sent[];
  /** How people stand in any conversation, by their id; members, unless a test says otherwise. */
  readonly standings: Map<string, Awaited<ReturnType<FindMember>>>;
  /** The posts of one kind, in order. */
  readonly posts: <K extends Message['kind']>(kind: K) => readonly Extract<Message, { kind: K }>[];
  /** What the activities say now, oldest first. */
  readonly standing: (conversation: Conversation) => readonly Message[];
}

export function createScriptedTeams(): ScriptedTeams {
  const sent: Sent[] = [];
  const standings: ScriptedTeams['standings'] = new Map();
  const script: ScriptedTeams['script'] = { post: [], update: [], remove: [] };
  const removed = new Set<string>();
  let activities = 0;
  const deliver = async (entry: Sent): Promise<SendOutcome> => {
    const send = (): SendOutcome => {
      sent.push(entry);
      return { kind: 'sent', activityId: entry.activityId };
    };
    await Promise.resolve();
    const instead = script[entry.how].shift();
    return instead === undefined ? send() : instead(send, entry.message);
  };
  return {
    script,
    sent,
    standings,
    post: async ({ conversationId }, message, mayGo) => {
      if ((await mayGo?.()) === false) return { kind: 'busy' };
      activities += 1;
      return deliver({ how: 'post', conversationId, activityId: `a${String(activities)}`, message });
    },
    update: ({ conversationId }, activityId, message) =>
      deliver({ how: 'update', conversationId, activityId, message }),
    remove: async (_conversation, activityId) => {
      await Promise.resolve();
      const outcome = script.remove.shift()?.() ?? { kind: 'sent' };
      if (outcome.kind === 'sent') removed.add(activityId);
      return outcome;
    },
    posts: <K extends Message['kind']>(kind: K) =>
      sent
        .filter(({ how }) => how === 'post')
        .map(({ message }) => message)
        .filter((message): message is Extract<Message, { kind: K }> => message.kind === kind),
    standing: ({ conversationId }) => {
      const there = new Map<string, Message>();
      for (const { activityId, message, ...entry } of sent)
        if (entry.conversationId === conversationId && !removed.has(activityId))
          there.set(activityId, message);
      return [...there.values()];
    },
  };
}
