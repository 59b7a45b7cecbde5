/** Makes one HTTP exchange with Graph within limits, and tells from a failed one whether it may have arrived. */
import { randomUUID } from 'node:crypto';
import { faultOf, type NoAnswer } from './network-faults.ts';
import type { ReplyHeaders, SendHttp, Sent } from './send-http.ts';

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

/** The headers are here, the body is still to be read; `abort` closes the connection. */
export interface Opened {
  readonly kind: 'opened';
  readonly response: Response;
  readonly abort: () => void;
}

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
  readonly limits: TimeLimits;
}

export const createGraphHttp = ({ send, limits }: GraphHttpDeps): GraphHttp => ({
  ask: async (request) => {
    const { method, url, json, longest = longestText } = request;
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const sent = await send({ method, url, headers: headersOf(request), ...body }, { ...limits, longest });
    return sent.kind === 'sent' ? replyOf(sent) : sent;
  },
  open: (request) => open(request, limits.headers),
  read: (opened) => read(opened, limits.idle),
});

function replyOf({ status, headers, bytes, body }: Sent): GraphReply {
  const isCut = body === 'whole' && bytes.length < (declaredLength(headers) ?? 0);
  return { kind: 'reply', status, headers, text: utf8.decode(bytes), body: isCut ? 'cut' : body };
}

/** Leaves a byte order mark out. */
const utf8 = new TextDecoder();

async function open(request: GraphRequest, within: number): Promise<Opened | NoAnswer> {
  const ours = new AbortController();
  const abort = (): void => {
    ours.abort();
  };
  const timer = setTimeout(abort, within);
  const signal = request.signal === undefined ? ours.signal : AbortSignal.any([ours.signal, request.signal]);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: headersOf(request),
      redirect: 'manual',
      signal,
      ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
    });
    return { kind: 'opened', response, abort };
  } catch (error) {
    return faultOf(error);
  } finally {
    clearTimeout(timer);
  }
}

const headersOf = (request: GraphRequest): Record<string, string> => ({
  accept: request.accept,
  // A cut gzip body ends without an error in Node's fetch.
  'accept-encoding': 'identity',
  ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
  ...(request.accessToken === undefined
    ? {}
    : { authorization: `Bearer ${request.accessToken}`, 'client-request-id': randomUUID() }),
});

async function read({ response, abort }: Opened, within: number): Promise<GraphReply> {
  const { status, headers } = response;
  const timer = setTimeout(abort, within);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reply = (body: GraphReply['body']): GraphReply => {
    const text = utf8.decode(Buffer.concat(pieces));
    return { kind: 'reply', status, headers, text, body };
  };
  try {
    for await (const piece of bodyOf(response)) {
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
      return answer.response;
    case 'reply':
      return answer;
    case 'unavailable':
      return undefined;
  }
}

/** The body's pieces; none when there is no body. */
const bodyOf = (response: Response): AsyncIterable<Uint8Array> | readonly Uint8Array[] => response.body ?? [];

/** Bytes that Graph declared for the body as it arrives here; undefined when it did not, or encoded the body. */
export function declaredLength(headers: ReplyHeaders): number | undefined {
  const declared = headers.get('content-length') ?? '';
  return headers.has('content-encoding') || !/^\d{1,15}$/.test(declared) ? undefined : Number(declared);
}

/** The host of a link that somebody else wrote, for the log. */
export const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'unreadable');
