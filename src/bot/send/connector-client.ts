/**
 * Asks the connector: the bot's token, our retries, no redirects, connections that are used again while they are warm.
 * Source: learn.microsoft.com, "API reference for the Bot Framework Connector service".
 */
import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Conversation } from '../../ports/conversation.ts';
import type { Retry } from './retry-policy.ts';
import { BotTokenError, ConnectorError, type ConnectorAnswer } from './send-outcome.ts';

export interface ConnectorQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v3/conversations/`; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * The JSON that the connector answers with, if it does. The conversation's host must have been checked.
 * Rejects with a `ConnectorError`, a `BotTokenError`, or with what the connection says.
 */
export type AskConnector = (conversation: Conversation, question: ConnectorQuestion) => Promise<unknown>;

export interface ConnectorClientDeps {
  /** A bearer token for the connector. Rejects when there is none to be had. */
  readonly botToken: () => Promise<string>;
  readonly retry: Retry;
  readonly warmMilliseconds?: number;
}

/**
 * A connection that has been idle longer may be closed by the connector just when it is used, and nobody knows then whether
 * what it carried arrived. Any front end keeps one for longer than this.
 */
const usuallyWarmFor = 2_000;
/** To one host; what comes then waits for one of them, and nothing of it has left. */
const maxConnections = 64;
const answerWithinMilliseconds = 10_000;
/** Far above a page of a roster. */
const maxAnswerBytes = 4_000_000;

interface Transport {
  readonly agent: HttpAgent;
  readonly request: typeof requestHttp;
}

export function createAskConnector(deps: ConnectorClientDeps): AskConnector {
  const { botToken, retry, warmMilliseconds = usuallyWarmFor } = deps;
  const pool = { keepAlive: true, timeout: warmMilliseconds, maxSockets: maxConnections };
  const http: Transport = { agent: new HttpAgent(pool), request: requestHttp };
  const https: Transport = { agent: new HttpsAgent(pool), request: requestHttps };
  return async function askConnector(conversation, question) {
    const url = urlOf(conversation.serviceUrl, question);
    const body = question.body === undefined ? undefined : Buffer.from(JSON.stringify(question.body));
    const transport = url.protocol === 'https:' ? https : http;
    const { method } = question;
    const { status, ...answer } = await retry(conversation, method, async () => {
      const token = await botToken().catch((cause: unknown) => {
        throw new BotTokenError('The bot got no token for the connector.', { cause });
      });
      return exchange(transport, { method, url, token, body });
    });
    if (status < 200 || status > 299) throw new ConnectorError({ status, ...answer });
    return parseJson(answer.body);
  };
}

function urlOf(serviceUrl: string, { path, query }: ConnectorQuestion): URL {
  const url = new URL(serviceUrl);
  const base = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  url.pathname = `${base}v3/conversations/${path.map(encodeURIComponent).join('/')}`;
  url.search = new URLSearchParams(query).toString();
  return url;
}

interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
  readonly body: Buffer | undefined;
}

function exchange({ agent, request }: Transport, outgoing: Outgoing): Promise<ConnectorAnswer> {
  const { method, url, token, body } = outgoing;
  const headers = {
    Accept: 'application/json',
    Authorization: `Bearer ${token}`,
    ...(body && { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      readAnswer(answer).then(resolve, reject);
    });
    endInTime(sent);
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

/** Undefined for what is no JSON: whether the connector took the request is told by the status alone. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
