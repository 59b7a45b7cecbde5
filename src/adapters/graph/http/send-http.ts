/**
 * Sends one request over a pool of connections and reads the whole answer; tells from a failed one whether it may have
 * arrived. Ours because Node's fetch makes streams, signals and headers of its own for each call: half of what a look costs.
 */
import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { brotliDecompressSync, unzipSync } from 'node:zlib';
import { faultOf, type NoAnswer } from './network-faults.ts';

export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type ReplyHeaders = Pick<Headers, 'get' | 'has'>;

export interface Sent {
  readonly kind: 'sent';
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly bytes: Uint8Array;
  readonly body: 'whole' | 'cut' | 'tooLarge';
}

/** Milliseconds. Connecting is limited to 10 s. */
interface Limits {
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly idle: number;
  /** Of a body, in bytes. */
  readonly longest: number;
}

export type SendHttp = (sending: Sending, limits: Limits) => Promise<Sent | NoAnswer>;

interface Transport {
  readonly agent: HttpAgent;
  readonly request: typeof requestHttp;
}

/** Milliseconds; a connection that has been idle for longer may be closed by the other side just when it is used. */
const warmFor = 4_000;
/** More than exports are worked on at once; what comes then waits for one of them, and nothing of it has left. */
const maxConnections = 256;

/** Where a call goes that was meant for `url`: faults are played on the way there. */
export type AddressOf = (sending: Pick<Sending, 'url' | 'body'>) => Promise<string>;

export function createSendHttp(addressOf?: AddressOf): SendHttp {
  const pool = { keepAlive: true, timeout: warmFor, maxSockets: maxConnections };
  const http: Transport = { agent: new HttpAgent(pool), request: requestHttp };
  const https: Transport = { agent: new HttpsAgent(pool), request: requestHttps };
  const send: SendHttp = (sending, limits) =>
    exchange(sending.url.startsWith('https:') ? https : http, sending, limits);
  if (addressOf === undefined) return send;
  return async (sending, limits) => send({ ...sending, url: await addressOf(sending) }, limits);
}

/** Milliseconds. */
const connectWithin = 10_000;

function exchange({ agent, request }: Transport, sending: Sending, limits: Limits): Promise<Sent | NoAnswer> {
  const { method, url, headers, body } = sending;
  return new Promise((resolve) => {
    const call = request(url, { method, headers, agent });
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
      patience.set(limits.idle);
      readAnswer(response, limits.longest, patience.prolong, (bytes, how) => {
        patience.end();
        resolve(sentOf(response, bytes, how, limits.longest));
      });
    });
    call.once('error', failed);
    // Nothing is left open whatever Node makes of an answer.
    call.once('close', () => failed(undefined));
    call.end(body);
  });
}

/** One timer, which ends the call when it runs out. */
function createPatience(call: ClientRequest) {
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
  { statusCode = 0, headers }: IncomingMessage,
  pieces: readonly Uint8Array[],
  how: Sent['body'],
  longest: number,
): Sent {
  const all = { has: (name: string) => name in headers, get: (name: string) => textOf(headers[name]) };
  const bytes = Buffer.concat(pieces);
  const unpacked = how === 'whole' ? unpack(bytes, all.get('content-encoding'), longest) : bytes;
  const body = unpacked === undefined ? 'cut' : how;
  return { kind: 'sent', status: statusCode, headers: all, bytes: unpacked ?? bytes, body };
}

const textOf = (value: string | readonly string[] | undefined): string | null =>
  typeof value === 'string' ? value : (value?.join(', ') ?? null);

/** Nobody is asked to pack anything, and some do. Undefined when it cannot be read. */
function unpack(bytes: Buffer, encoding: string | null, maxOutputLength: number): Uint8Array | undefined {
  try {
    switch (encoding?.trim().toLowerCase() ?? '') {
      case 'gzip':
      case 'x-gzip':
      case 'deflate':
        return unzipSync(bytes, { maxOutputLength });
      case 'br':
        return brotliDecompressSync(bytes, { maxOutputLength });
      default:
        return bytes;
    }
  } catch {
    return undefined;
  }
}
