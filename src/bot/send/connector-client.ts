/**
 * Asks the connector over one pool of connections, which are used again while they are warm: no retries, no redirects.
 * Source: learn.microsoft.com, "API reference for the Bot Framework Connector service".
 */
import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import * as z from 'zod';
import { urlPart } from '../../domain/url-part.ts';

/** A bearer token for the connector. Throws when there is none to be had. */
export type BotToken = () => Promise<string>;

/** Of the SDK's client what the bot uses. Each rejects with a `ConnectorError`, a `BotTokenError`, or with what the connection says. */
export interface ConnectorClient {
  readonly conversations: {
    readonly sendToConversation: (conversationId: string, activity: object) => Promise<Resource>;
    readonly updateActivity: (
      conversationId: string,
      activityId: string,
      activity: object,
    ) => Promise<Resource>;
    readonly deleteActivity: (conversationId: string, activityId: string) => Promise<unknown>;
    /** Not checked. */
    readonly createConversation: (wanted: object) => Promise<unknown>;
    /** Not checked. @param memberId the channel's id of a person */
    readonly getConversationMember: (conversationId: string, memberId: string) => Promise<unknown>;
    /** Not checked. */
    readonly getConversationPagedMembers: (
      conversationId: string,
      query: Readonly<Record<string, string>>,
    ) => Promise<unknown>;
  };
}

/** Whatever the connector says beside its status: it has taken the message. */
const resource = z.object({ id: z.string().min(1).optional().catch(undefined) }).catch({});
type Resource = z.infer<typeof resource>;

/** The bot's own token could not be had: nothing was sent. */
export class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
}

interface ConnectorAnswer {
  readonly status: number;
  /** The header as it came. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** The connector answered, and not with success. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly answer: ConnectorAnswer;

  constructor(answer: ConnectorAnswer) {
    super(`The connector answered ${answer.status}.`);
    this.answer = answer;
  }
}

/**
 * Milliseconds. A connection that has been idle for longer may be closed by the connector just when it is used, and nobody knows
 * then whether what it carried arrived; any front end keeps one for longer than this.
 */
const usuallyWarmFor = 2_000;
/** To one host; what comes then waits for one of them, and nothing of it has left. */
const maxConnections = 128;
const answerWithinMilliseconds = 10_000;
/** Far above a page of a roster. */
const maxAnswerBytes = 4_000_000;

interface Transport {
  readonly agent: HttpAgent;
  readonly request: typeof requestHttp;
}

/** @param warmMilliseconds how long a connection may have been idle when it is used again */
export function createConnectorClients(botToken: BotToken, warmMilliseconds = usuallyWarmFor) {
  const pool = { keepAlive: true, timeout: warmMilliseconds, maxSockets: maxConnections };
  const http: Transport = { agent: new HttpAgent(pool), request: requestHttp };
  const https: Transport = { agent: new HttpsAgent(pool), request: requestHttps };
  /** For a service URL whose host was checked. */
  return function clientFor(serviceUrl: string): ConnectorClient {
    const { protocol, hostname, port, pathname } = new URL(serviceUrl);
    const transport = protocol === 'https:' ? https : http;
    const base = `${pathname.replace(/\/$/, '')}/v3/conversations`;
    const ask: Ask = async (method, path, body) => {
      const token = await botToken().catch((cause: unknown) => {
        throw new BotTokenError('The bot got no token for the connector.', { cause });
      });
      const place = { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: base + path };
      return exchange(transport, place, { method, token, body: body && JSON.stringify(body) });
    };
    return { conversations: conversationsOver(ask) };
  };
}

type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

function conversationsOver(ask: Ask): ConnectorClient['conversations'] {
  const activities = (conversationId: string) => `/${urlPart(conversationId)}/activities`;
  const one = (conversationId: string, activityId: string) =>
    `${activities(conversationId)}/${urlPart(activityId)}`;
  return {
    sendToConversation: async (conversationId, activity) =>
      resource.parse(await ask('POST', activities(conversationId), activity)),
    updateActivity: async (conversationId, activityId, activity) =>
      resource.parse(await ask('PUT', one(conversationId, activityId), activity)),
    deleteActivity: (conversationId, activityId) => ask('DELETE', one(conversationId, activityId)),
    createConversation: (wanted) => ask('POST', '', wanted),
    getConversationMember: (conversationId, memberId) =>
      ask('GET', `/${urlPart(conversationId)}/members/${urlPart(memberId)}`),
    getConversationPagedMembers: (conversationId, query) =>
      ask('GET', `/${urlPart(conversationId)}/pagedmembers?${String(new URLSearchParams(query))}`),
  };
}

interface Place {
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
}
interface Outgoing {
  readonly method: string;
  readonly token: string;
  readonly body: string | undefined;
}

async function exchange(transport: Transport, place: Place, outgoing: Outgoing): Promise<unknown> {
  const answer = await send(transport, place, outgoing);
  if (answer.status < 200 || answer.status > 299) throw new ConnectorError(answer);
  try {
    return JSON.parse(answer.body) as unknown;
  } catch {
    return undefined;
  }
}

function send({ agent, request }: Transport, place: Place, outgoing: Outgoing): Promise<ConnectorAnswer> {
  const { method, token, body } = outgoing;
  const headers = {
    Accept: 'application/json',
    Authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'Content-Type': 'application/json; charset=utf-8' }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ ...place, method, agent, headers });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      readAnswer(answer).then(resolve, reject);
    });
    endInTime(sent);
    // As text Node sends it in one piece with the headers, and says how long it is.
    sent.end(body);
  });
}

/** Counted from when it has a connection: before that nothing has left. */
function endInTime(sent: ClientRequest): void {
  sent.once('socket', () => {
    const late = setTimeout(() => {
      sent.destroy(new Error('The connector did not answer in time.'));
    }, answerWithinMilliseconds);
    sent.once('close', () => {
      clearTimeout(late);
    });
  });
}

function readAnswer(answer: IncomingMessage): Promise<ConnectorAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    answer.once('error', reject);
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) answer.destroy(new Error('The connector answers too much.'));
    });
    answer.once('end', () => {
      resolve({
        status: answer.statusCode ?? 0,
        retryAfter: answer.headers['retry-after'],
        body: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
}
