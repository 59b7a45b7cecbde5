/** Lets in only the request bodies that we expect: plain JSON for the bot, a small form for downloads, none elsewhere. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export const botPath = '/api/messages';
const maxBotBytes = 256 * 1024;
const maxFormBytes = 1024;

type Verdict =
  { readonly kind: 'pass'; readonly body?: object } | { readonly kind: 'refuse'; status: number };

const refuse = (status: number): Verdict => ({ kind: 'refuse', status });

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Without parameters but for a charset of UTF-8, which is the only one JSON has. */
const isJson = (type: string | undefined): boolean =>
  /^application\/json *(?:; *charset="?utf-8"? *)?$/i.test(type ?? '');

const isForm = (type: string | undefined): boolean =>
  type === undefined || /^application\/x-www-form-urlencoded\b/i.test(type);

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseObject(bytes: Buffer): object | undefined {
  try {
    const parsed: unknown = JSON.parse(utf8.decode(bytes));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

async function checkBotBody(request: IncomingMessage, mayEnter: MayEnter): Promise<Verdict> {
  if (!isJson(request.headers['content-type'])) return refuse(415);
  if (!(await mayEnter(request.headers))) return refuse(401);
  const body = await readBody(request, maxBotBytes);
  if (body.kind !== 'read') return refuse(body.kind === 'tooLarge' ? 413 : 400);
  const parsed = parseObject(body.bytes);
  return parsed === undefined ? refuse(400) : { kind: 'pass', body: parsed };
}

/** The form has no fields: what comes is read away and dropped. */
async function checkForm(request: IncomingMessage): Promise<Verdict> {
  if (!isForm(request.headers['content-type'])) return refuse(415);
  const body = await readBody(request, maxFormBytes);
  return body.kind === 'read' ? { kind: 'pass' } : refuse(body.kind === 'tooLarge' ? 413 : 400);
}

/** The address as restify will read it; it throws, outside every handler, on a host or path that is no URL. */
function pathOf({ url = '', headers }: IncomingMessage): string | undefined {
  if (!url.startsWith('/')) return undefined;
  return URL.parse(`http://${headers.host ?? 'localhost'}${url}`)?.pathname;
}

async function check(request: IncomingMessage, mayEnter: MayEnter): Promise<Verdict> {
  const path = pathOf(request);
  if (path === undefined) return refuse(400);
  if (request.headers['content-encoding'] !== undefined) return refuse(415);
  if (request.method === 'POST' && path === botPath) return await checkBotBody(request, mayEnter);
  if (!hasBody(request)) return { kind: 'pass' };
  return request.method === 'POST' && path.startsWith('/d/') ? await checkForm(request) : refuse(413);
}

/** Asked before a byte of a bot request's body is read: a stranger's would cost time and memory. */
export type MayEnter = (headers: { readonly authorization?: string | undefined }) => Promise<boolean>;

/**
 * True when the request may go on; `take` then got the parsed JSON object of a bot request.
 * Otherwise it was answered with 400, 401, 413 or 415, no text, and the connection ends: an unread body is never waited for.
 */
export async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  mayEnter: MayEnter,
  take: (body: object) => void,
): Promise<boolean> {
  const verdict = await check(request, mayEnter);
  if (verdict.kind === 'pass') {
    if (verdict.body !== undefined) take(verdict.body);
    return true;
  }
  response.writeHead(verdict.status, { Connection: 'close', 'Content-Length': 0 });
  response.end();
  return false;
}

type Body =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge' }
  /** The client went away in the middle. */
  | { readonly kind: 'broken' };

/** Leaves the rest of a too large body unread: the caller must close the connection. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'tooLarge' };
  if (request.destroyed) return { kind: 'broken' };
  return await new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      request.off('data', onData).pause();
      chunks.length = 0;
      resolve({ kind: 'tooLarge' });
    };
    request.on('data', onData);
    request.once('end', () => resolve({ kind: 'read', bytes: Buffer.concat(chunks) }));
    request.once('error', () => resolve({ kind: 'broken' }));
    request.once('close', () => resolve({ kind: 'broken' }));
  });
}
