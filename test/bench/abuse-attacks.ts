/** The attackers of `npm run bench -- abuse`, a process of its own: so many requests a second, or so many slow clients, until it is stopped. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setPriority } from 'node:os';

/** What an attacker is told to do, and with what. */
export interface Orders {
  readonly attack: 'refused' | 'person' | 'tenant' | 'slow';
  readonly botUrl: string;
  /** Requests a second, or slow clients at once. */
  readonly rate: number;
  /** A genuine token, and messages that people have really sent: what follows gives each an id and a time of its own. */
  readonly authorization: string;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  /** Pages that hand over large files. */
  readonly downloads: readonly string[];
}

/** How many requests were answered with which status; 0: not at all. */
export type Counts = Readonly<Record<string, number>>;

const counts = new Map<number, number>();
const count = (status: number): void => void counts.set(status, (counts.get(status) ?? 0) + 1);
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function send({ botUrl }: Orders, { method, path, headers = {}, body = '' }: Sent): void {
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const asked = request(botUrl + path, { agent, method, headers: { ...length, ...headers } }, (response) => {
    count(response.statusCode ?? 0);
    response.resume();
  });
  asked.once('error', () => count(0));
  asked.end(body);
}

const fresh = (message: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...message, id: randomUUID(), timestamp: new Date().toISOString() });

/** The genuine one's claims under somebody else's signature. */
const forged = ({ authorization }: Orders): string =>
  authorization.replace(/[^.]+$/, randomBytes(256).toString('base64url'));

const json = { 'content-type': 'application/json' };
const large = 250_000;

function refusedRequests(orders: Orders): readonly (() => Sent)[] {
  const [message = {}] = orders.messages;
  const toBot = (headers: Readonly<Record<string, string>>, body: string): Sent => ({
    method: 'POST',
    path: '/api/messages',
    headers,
    body,
  });
  return [
    () => toBot({ ...json, authorization: forged(orders) }, fresh(message)),
    () => toBot({ ...json, authorization: forged(orders) }, fresh({ ...message, text: 'x'.repeat(large) })),
    () =>
      toBot(
        { ...json, authorization: 'Bearer of.no.channel' },
        fresh({ ...message, text: 'x'.repeat(large) }),
      ),
    () => toBot({ ...json, authorization: forged(orders) }, 'x'.repeat(2 * large)),
    () => toBot({ 'content-type': 'text/plain', authorization: forged(orders) }, fresh(message)),
    () => ({ method: 'GET', path: `/${randomUUID()}` }),
    () => ({ method: 'GET', path: `/d/${randomBytes(32).toString('base64url')}` }),
    () => ({ method: 'POST', path: `/d/${randomBytes(32).toString('base64url')}` }),
  ];
}

/** Evenly, by the clock: what a busy moment has delayed is made up for. */
function flood({ rate }: Orders, sendNext: (nth: number) => void): void {
  const begun = performance.now();
  let sent = 0;
  setInterval(() => {
    for (const due = ((performance.now() - begun) / 1000) * rate; sent < due; sent += 1) sendNext(sent);
  }, 5);
}

/** One that says and reads little, and comes back when it is cut off. */
function slowClient(orders: Orders, nth: number): void {
  const { hostname, port } = new URL(orders.botUrl);
  const socket = connect(Number(port), hostname);
  const line = `Host: ${hostname}:${port}\r\n`;
  const download = orders.downloads[nth];
  const kinds = ['headers', 'body', 'reader'] as const;
  const kind = download === undefined ? kinds[nth % kinds.length] : 'download';
  let dribble: NodeJS.Timeout | undefined;
  socket.once('connect', () => {
    count(200);
    switch (kind) {
      case 'headers':
        socket.write(`GET / HTTP/1.1\r\n${line}`);
        dribble = setInterval(() => socket.write('X-More: 1\r\n'), 1000);
        return;
      case 'body':
        socket.write(
          `POST /api/messages HTTP/1.1\r\n${line}Content-Type: application/json\r\nAuthorization: ${forged(orders)}\r\n` +
            `Content-Length: ${large}\r\n\r\n${'x'.repeat(large / 2)}`,
        );
        dribble = setInterval(() => socket.write('x'), 1000);
        return;
      case 'reader':
        socket.pause();
        socket.write(`GET /privacy HTTP/1.1\r\n${line}\r\n`.repeat(20));
        return;
      case undefined:
        return;
      case 'download':
        socket.pause();
        socket.write(`POST ${new URL(download ?? '').pathname} HTTP/1.1\r\n${line}Content-Length: 0\r\n\r\n`);
    }
  });
  socket.on('error', () => undefined);
  socket.once('close', () => {
    clearInterval(dribble);
    if (download === undefined) setTimeout(slowClient, 1000, orders, nth);
  });
}

function attack(orders: Orders): void {
  switch (orders.attack) {
    case 'refused': {
      const kinds = refusedRequests(orders);
      flood(orders, (nth) => {
        const next = kinds[nth % kinds.length];
        if (next !== undefined) send(orders, next());
      });
      return;
    }
    case 'person':
    case 'tenant':
      flood(orders, (nth) => {
        const headers = { ...json, authorization: orders.authorization };
        const body = fresh(orders.messages[nth % orders.messages.length] ?? {});
        send(orders, { method: 'POST', path: '/api/messages', headers, body });
      });
      return;
    case 'slow':
      // One after another: what is measured is that they stay.
      for (let nth = 0; nth < orders.rate; nth += 1) setTimeout(slowClient, nth * 5, orders, nth);
  }
}

if (import.meta.main) {
  // Attackers have machines of their own: here they are to take no processor time from the bot.
  setPriority(19);
  process.once('message', (orders: Orders) => attack(orders));
  process.once('disconnect', () => process.exit());
  process.on('message', (said) => {
    if (said === 'tell') process.send?.(Object.fromEntries(counts) satisfies Counts);
  });
}
