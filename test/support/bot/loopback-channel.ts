/** Starts a bare channel on loopback for tests of the bot floor: keys, metadata, and a connector that records and can misbehave. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the connector does with the next request; undefined for the usual answer. */
export type Misbehaviour = (response: ServerResponse, sent: Sent) => void;

export interface LoopbackChannel {
  readonly issuer: string;
  readonly openIdUrl: string;
  /** Ends in a slash, as Teams' do. */
  readonly serviceUrl: string;
  readonly host: string;
  /** The key that the metadata endorses for Teams. */
  readonly key: SigningKey;
  /** Endorsed for another channel. */
  readonly webchatKey: SigningKey;
  /** Not in the metadata. */
  readonly strangersKey: SigningKey;
  readonly sent: readonly Sent[];
  readonly misbehave: (...next: readonly (Misbehaviour | undefined)[]) => void;
  /** The first recorded request that fits, now or later. */
  readonly waitFor: (fits: (sent: Sent) => boolean) => Promise<Sent>;
  readonly stop: () => Promise<void>;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

/** Signs as given; what is undefined in `payload` is left out. */
export const signToken = (
  key: SigningKey,
  payload: Readonly<Record<string, unknown>>,
  header: object = {},
): Promise<string> =>
  new SignJWT(Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...header })
    .sign(key.privateKey);

export async function startLoopbackChannel(): Promise<LoopbackChannel> {
  const keys = await Promise.all(['teams', 'webchat', 'stranger'].map(newKey));
  const [key, webchatKey, strangersKey] = keys as [SigningKey, SigningKey, SigningKey];
  const sent: Sent[] = [];
  const upcoming: (Misbehaviour | undefined)[] = [];
  const events = new EventEmitter();
  const jwks = [
    { ...key.jwk, endorsements: ['msteams'] },
    { ...webchatKey.jwk, endorsements: ['webchat'] },
  ];
  const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = await readSent(request);
    sent.push(entry);
    const misbehave = upcoming.shift();
    if (misbehave === undefined) answer(response, 201, { id: `activity-${sent.length}` });
    else misbehave(response, entry);
    events.emit('sent');
  };
  // The SDK keeps keys by address for the whole process: another channel on a port used again must have another address.
  const base = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`;
    if (request.url === `${base}/openid`)
      answer(response, 200, { issuer: origin, jwks_uri: `${origin}${base}/keys` });
    else if (request.url === `${base}/keys`) answer(response, 200, { keys: jwks });
    else void record(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  const waitFor = async (fits: (entry: Sent) => boolean): Promise<Sent> => {
    for (;;) {
      const found = sent.find(fits);
      if (found !== undefined) return found;
      await once(events, 'sent');
    }
  };
  return {
    issuer: `https://channel.test/${address.port}`,
    host,
    key,
    webchatKey,
    strangersKey,
    sent,
    waitFor,
    openIdUrl: `http://${host}${base}/openid`,
    serviceUrl: `http://${host}/teams/`,
    misbehave: (...next) => upcoming.push(...next),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readSent(request: IncomingMessage): Promise<Sent> {
  const chunks = (await request.toArray()) as Buffer[];
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    authorization: request.headers.authorization,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

/** JSON; `headers` for the likes of `Retry-After`. */
export function answer(
  response: ServerResponse,
  status: number,
  body: object = {},
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** What the bot sent into one conversation. */
export const sentTo = (channel: LoopbackChannel, conversationId: string): readonly Sent[] =>
  channel.sent.filter(({ path }) => decodeURIComponent(path).includes(`/${conversationId}/`));

/** The summary of a card, else the text. */
export const wordsTo = (channel: LoopbackChannel, conversationId: string): readonly unknown[] =>
  sentTo(channel, conversationId).map(({ body }) => body.summary ?? body.text);
