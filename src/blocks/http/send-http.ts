/**
 * Sends one request over a pool of connections and reads the whole answer, or hands it over while it comes; tells from a
 * failed one whether it may have arrived. Ours because Node's fetch makes streams, signals and headers of its own for each
 * call: half of what a look costs.
 */
import {
  Agent as HttpAgent,
  request as requestHttp,
  type AgentOptions,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { faultOf, type NetworkFault } from './network-faults.ts';
import { unpacked, unpacking } from './packed.ts';

export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

export type ReplyHeaders = Pick<Headers, 'get' | 'has'>;

export interface Sent {
  readonly kind: 'sent';
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly bytes: Uint8Array;
  readonly body: 'whole' | 'cut' | 'tooLarge';
}

/** The headers are here, the body is still to be read; `abort` closes the connection. */
export interface Opened {
  readonly kind: 'opened';
  readonly status: number;
  readonly headers: ReplyHeaders;
  /** Unpacked; errs when the answer is cut, or cannot be unpacked. Waits for its reader. */
  readonly body: Readable;
  readonly abort: () => void;
}

/** Milliseconds. Connecting is limited to 10 s. */
interface Limits {
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly idle: number;
  /** Of a body, in bytes. */
  readonly longest: number;
}

export type SendHttp = (sending: Sending, limits: Limits) => Promise<Sent | NetworkFault>;
export type OpenHttp = (sending: Sending, limits: Pick<Limits, 'headers'>) => Promise<Opened | NetworkFault>;

interface Transport {
  readonly agent: HttpAgent;
  readonly request: typeof requestHttp;
}
type TransportOf = (url: string) => Transport;

/** Milliseconds; a connection that has been idle for longer may be closed by the other side just when it is used. */
const warmFor = 4_000;
/** More than exports are worked on at once; what comes then waits for one of them, and nothing of it has left. */
const maxConnections = 256;

/** Where a call goes that was meant for `url`: faults are played on the way there. */
export type AddressOf = (sending: Pick<Sending, 'url' | 'body'>) => Promise<string>;

export function createSendHttp(addressOf?: AddressOf): SendHttp {
  const transportOf = createTransports({ maxSockets: maxConnections });
  const send: SendHttp = (sending, limits) => exchange(transportOf, sending, limits, whole(limits));
  if (addressOf === undefined) return send;
  return async (sending, limits) => send({ ...sending, url: await addressOf(sending) }, limits);
}

/** Bytes of a file that are read ahead of its reader, and handed over at once: each piece costs the whole way through the bot. */
const readAhead = 256 * 1024;

/** Over connections of its own: files that somebody reads slowly keep nobody's look waiting. */
export function createOpenHttp(): OpenHttp {
  const transportOf = createTransports({ highWaterMark: readAhead });
  return (sending, limits) => exchange(transportOf, sending, limits, opened);
}

function createTransports(more: AgentOptions & { readonly highWaterMark?: number }): TransportOf {
  const pool = { keepAlive: true, timeout: warmFor, ...more };
  const http: Transport = { agent: new HttpAgent(pool), request: requestHttp };
  const https: Transport = { agent: new HttpsAgent(pool), request: requestHttps };
  return (url) => (url.startsWith('https:') ? https : http);
}

interface Answering {
  readonly call: ClientRequest;
  readonly response: IncomingMessage;
  readonly patience: Patience;
}

/** Milliseconds. */
const connectWithin = 10_000;

/** @param take is given the answer as soon as its headers are here, and listens to it at once */
function exchange<A>(
  transportOf: TransportOf,
  sending: Sending,
  limits: Pick<Limits, 'headers'>,
  take: (answering: Answering, resolve: (answer: A) => void) => void,
): Promise<A | NetworkFault> {
  const { method, url, headers, body, signal } = sending;
  const { agent, request } = transportOf(url);
  return new Promise((resolve) => {
    const call = request(url, { method, headers, agent, signal });
    const patience = createPatience(call);
    let [isConnected, isAnswered] = [false, false];
    const goesOut = (): void => {
      isConnected = true;
      patience.set(limits.headers);
    };
    const failed = (error: unknown): void => {
      if (isAnswered) return;
      patience.end();
      const fault = faultOf(error);
      resolve(isConnected ? fault : { ...fault, notSent: true });
    };
    call.once('socket', (socket) => {
      if (call.reusedSocket) return goesOut();
      patience.set(connectWithin);
      socket.once(url.startsWith('https:') ? 'secureConnect' : 'connect', goesOut);
    });
    call.once('response', (response) => {
      isAnswered = true;
      take({ call, response, patience }, resolve);
    });
    // Every one: what follows an answer that was longer than it said is an error, too.
    call.on('error', failed);
    // Nothing is left open whatever Node makes of an answer.
    call.once('close', () => failed(undefined));
    call.end(body);
  });
}

const whole =
  ({ idle, longest }: Limits) =>
  ({ response, patience }: Answering, resolve: (sent: Sent) => void): void => {
    patience.set(idle);
    readAnswer(response, longest, patience.prolong, (bytes, how) => {
      patience.end();
      resolve(sentOf(response, bytes, how, longest));
    });
  };

function opened({ call, response, patience }: Answering, resolve: (opened: Opened) => void): void {
  patience.end();
  const { statusCode: status = 0 } = response;
  const headers = headersOf(response);
  resolve({ kind: 'opened', status, headers, body: unpacking(response), abort: () => void call.destroy() });
}

interface Patience {
  readonly set: (milliseconds: number) => void;
  readonly prolong: () => void;
  readonly end: () => void;
}

/** One timer, which ends the call when it runs out. */
function createPatience(call: ClientRequest): Patience {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearTimeout(timer);
  const giveUp = (): void => void call.destroy(new Error('It did not go on in time.'));
  return {
    end,
    prolong: () => void timer?.refresh(),
    set: (milliseconds: number): void => {
      end();
      timer = setTimeout(giveUp, milliseconds);
    },
  };
}

type Told = (pieces: readonly Uint8Array[], how: Sent['body']) => void;

/** What it tells first counts. */
function readAnswer(response: IncomingMessage, longest: number, wentOn: () => void, tell: Told): void {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  response.on('data', (piece: Uint8Array) => {
    wentOn();
    pieces.push(piece);
    bytes += piece.length;
    if (bytes <= longest) return;
    tell(pieces, 'tooLarge');
    response.destroy();
  });
  response.once('end', () => tell(pieces, 'whole'));
  response.once('error', () => tell(pieces, 'cut'));
  response.once('close', () => tell(pieces, 'cut'));
}

function sentOf(
  response: IncomingMessage,
  pieces: readonly Uint8Array[],
  how: Sent['body'],
  longest: number,
): Sent {
  const { statusCode: status = 0 } = response;
  const headers = headersOf(response);
  const bytes = Buffer.concat(pieces);
  const text = how === 'whole' ? unpacked(response, bytes, longest) : bytes;
  return { kind: 'sent', status, headers, bytes: text ?? bytes, body: text === undefined ? 'cut' : how };
}

const headersOf = ({ headers }: IncomingMessage): ReplyHeaders => ({
  has: (name) => name in headers,
  get: (name) => textOf(headers[name]),
});

const textOf = (value: string | readonly string[] | undefined): string | null =>
  typeof value === 'string' ? value : (value?.join(', ') ?? null);
