/** Makes one HTTP exchange with Graph within limits, and tells from a failed one whether it may have arrived. */
import { randomUUID } from 'node:crypto';
import type { Opened, OpenHttp, ReplyHeaders, SendHttp, Sent } from '../../../blocks/http/send-http.ts';
import type { GraphTrouble } from '../../../ports/export-source.ts';

export interface GraphRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Absent when a redirect leads away from Graph. */
  readonly accessToken?: string;
  readonly json?: unknown;
  readonly accept: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of an answer that is asked for; 1 MB unless given. */
  readonly longest?: number;
}

export type NoAnswer = Extract<GraphTrouble, { kind: 'unavailable' }>;

export interface GraphReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly text: string;
  readonly body: 'whole' | 'cut' | 'tooLarge';
}

/** All in milliseconds. Connecting is limited to 10 s. */
export interface TimeLimits {
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly idle: number;
  /** Spent waiting for a body in all. */
  readonly total: number;
}
export const usualTimeLimits: TimeLimits = { headers: 30_000, idle: 30_000, total: 600_000 };

const longestText = 1024 * 1024;

export interface GraphHttp {
  /** Reads the answer to its end. */
  readonly ask: (request: GraphRequest) => Promise<GraphReply | NoAnswer>;
  /** For a file, which is read piece by piece. */
  readonly open: (request: GraphRequest) => Promise<Opened | NoAnswer>;
  /** Reads the body as text, at most 1 MB. */
  readonly read: (opened: Opened) => Promise<GraphReply>;
}

export interface GraphHttpDeps {
  readonly send: SendHttp;
  readonly open: OpenHttp;
  readonly limits: TimeLimits;
}

export const createGraphHttp = ({ send, open, limits }: GraphHttpDeps): GraphHttp => ({
  ask: async (request) => {
    const { method, url, json, longest = longestText } = request;
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const sent = await send({ method, url, headers: headersOf(request), ...body }, { ...limits, longest });
    return sent.kind === 'sent' ? replyOf(sent) : sent;
  },
  open: (request) => {
    const { method, url, signal } = request;
    return open({ method, url, headers: headersOf(request), signal }, limits);
  },
  read: (opened) => read(opened, limits.idle),
});

function replyOf({ status, headers, bytes, body }: Sent): GraphReply {
  const isCut = body === 'whole' && bytes.length < (declaredLength(headers) ?? 0);
  return { kind: 'reply', status, headers, text: utf8.decode(bytes), body: isCut ? 'cut' : body };
}

/** Leaves a byte order mark out. */
const utf8 = new TextDecoder();

const headersOf = (request: GraphRequest): Record<string, string> => ({
  accept: request.accept,
  // What is packed hides its own length.
  'accept-encoding': 'identity',
  ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
  ...(request.accessToken === undefined
    ? {}
    : { authorization: `Bearer ${request.accessToken}`, 'client-request-id': randomUUID() }),
});

async function read({ status, headers, body: arriving, abort }: Opened, within: number): Promise<GraphReply> {
  const timer = setTimeout(abort, within);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reply = (body: GraphReply['body']): GraphReply => {
    const text = utf8.decode(Buffer.concat(pieces));
    return { kind: 'reply', status, headers, text, body };
  };
  try {
    for await (const piece of arriving as AsyncIterable<Uint8Array>) {
      bytes += piece.byteLength;
      if (bytes > longestText) return reply('tooLarge');
      pieces.push(piece);
    }
    return reply(bytes < (declaredLength(headers) ?? 0) ? 'cut' : 'whole');
  } catch {
    return reply('cut');
  } finally {
    clearTimeout(timer);
    abort();
  }
}

export type Answered = Opened | GraphReply | NoAnswer;

/** Status and headers, where there is an answer. */
export function headOf(answer: Answered): Pick<GraphReply, 'status' | 'headers'> | undefined {
  switch (answer.kind) {
    case 'opened':
    case 'reply':
      return answer;
    case 'unavailable':
      return undefined;
  }
}

/** Bytes that Graph declared for the body as it arrives here; undefined when it did not, or encoded the body. */
export function declaredLength(headers: ReplyHeaders): number | undefined {
  const declared = headers.get('content-length') ?? '';
  return headers.has('content-encoding') || !/^\d{1,15}$/.test(declared) ? undefined : Number(declared);
}

/** The host of a link that somebody else wrote, for the log. */
export const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'unreadable');
