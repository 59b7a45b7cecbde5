/** Makes one HTTP exchange with Graph within limits, and tells from a failed one whether it may have arrived. */
import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import type { GraphTrouble } from '../../../ports/export-source.ts';

export type Fetch = typeof globalThis.fetch;

export interface GraphRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Absent when a redirect leads away from Graph. */
  readonly accessToken?: string;
  readonly json?: unknown;
  readonly accept: string;
  readonly signal?: AbortSignal | undefined;
}

/** The headers are here, the body is still to be read; `abort` closes the connection. */
export interface Opened {
  readonly kind: 'opened';
  readonly response: Response;
  readonly abort: () => void;
}

export type NoAnswer = Extract<GraphTrouble, { kind: 'unavailable' }>;

export interface GraphReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: 'whole' | 'cut' | 'tooLarge';
}

/** All in milliseconds. Connecting is limited to 10 s by Node's fetch itself. */
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
  readonly open: (request: GraphRequest) => Promise<Opened | NoAnswer>;
  /** Reads the body as text. @param longest in bytes; 1 MB unless given */
  readonly read: (opened: Opened, longest?: number) => Promise<GraphReply>;
}

export function createGraphHttp(deps: { readonly fetch: Fetch; readonly limits: TimeLimits }): GraphHttp {
  return {
    open: (request) => open(deps.fetch, request, deps.limits.headers),
    read: (opened, longest = longestText) => read(opened, deps.limits.idle, longest),
  };
}

async function open(fetch: Fetch, request: GraphRequest, within: number): Promise<Opened | NoAnswer> {
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

async function read({ response, abort }: Opened, within: number, longest: number): Promise<GraphReply> {
  const { status, headers } = response;
  const timer = setTimeout(abort, within);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reply = (body: GraphReply['body']): GraphReply => {
    const text = new TextDecoder().decode(Buffer.concat(pieces));
    return { kind: 'reply', status, headers, text, body };
  };
  try {
    for await (const piece of bodyOf(response)) {
      bytes += piece.byteLength;
      if (bytes > longest) return reply('tooLarge');
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

/** The body's pieces; none when there is no body. */
const bodyOf = (response: Response): AsyncIterable<Uint8Array> | readonly Uint8Array[] => response.body ?? [];

/** Bytes that Graph declared for the body as it arrives here; undefined when it did not, or encoded the body. */
export function declaredLength(headers: Headers): number | undefined {
  const declared = headers.get('content-length') ?? '';
  return headers.has('content-encoding') || !/^\d{1,15}$/.test(declared) ? undefined : Number(declared);
}

/** The host of a link that somebody else wrote, for the log. */
export const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).host : 'unreadable');

/** Codes of Node and undici for a connection that never came about. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;
/** The peer's certificate was refused, which happens before the request is written. */
const refusedCertificate =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|ERR_TLS_CERT_)/;
const brokenTls = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;

/** TLS breaks with the same codes before a request and in the middle of it: only fetch knows which. Source: undici, "Diagnostics Channel Support". */
const connecting = new WeakSet<object>();
channel('undici:client:connectError').subscribe(function remember(message) {
  const error = typeof message === 'object' && message !== null && 'error' in message && message.error;
  if (typeof error === 'object' && error !== null) connecting.add(error);
});

/** Tells also whether TLS is to blame. Anything unclear counts as "may have arrived": listing once too often is cheaper than exporting twice. */
export function faultOf(error: unknown): NoAnswer {
  const errors = [...causesOf(error)];
  const codes = errors.map(codeOf);
  const certificate = codes.some((code) => refusedCertificate.test(code));
  const insecure = certificate || codes.some((code) => brokenTls.test(code));
  const notSent =
    certificate || codes.some((code) => neverConnected.test(code)) || errors.some(failedWhileConnecting);
  return { kind: 'unavailable', trouble: insecure ? 'insecure' : 'unreachable', notSent };
}

function* causesOf(error: unknown): Generator<object> {
  let current = error;
  // A circle of causes would be somebody's mistake; five are more than fetch ever nests.
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    yield current;
    current = 'cause' in current ? current.cause : undefined;
  }
}

const codeOf = (error: object): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

const failedWhileConnecting = (error: object): boolean =>
  connecting.has(error) || ('syscall' in error && error.syscall === 'connect');
