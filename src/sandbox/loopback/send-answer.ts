/** Writes an answer to the wire, whole or with the trouble that a script asks for. */
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Answer, Trouble } from './script.ts';

export const sendAnswer = async (
  response: ServerResponse,
  answer: Answer,
  trouble?: Trouble,
): Promise<void> => {
  const body = bytesOf(answer.body);
  switch (trouble?.kind) {
    case undefined:
      head(response, answer, { 'content-length': String(body.length) });
      response.end(body);
      return;
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      return cut(response, answer, body, trouble);
    case 'slow':
      return dribble(response, answer, body, trouble);
  }
};

const cut = async (
  response: ServerResponse,
  answer: Answer,
  body: Buffer,
  { how, atByte }: Extract<Trouble, { kind: 'cut' }>,
): Promise<void> => {
  switch (how) {
    case 'contentLength':
    case 'reset':
      head(response, answer, { 'content-length': String(body.length) });
      break;
    case 'chunked':
      head(response, answer, {});
      break;
    case 'closeDelimited':
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      head(response, answer, { connection: 'close' });
      break;
    case 'shortLength':
      // All of it is sent, and less is announced.
      head(response, answer, { 'content-length': String(atByte) });
      response.end(body);
      return;
    case 'gzip':
    case 'brotli': {
      // Length and framing are right: only the compressed stream inside stops early.
      const short = (how === 'gzip' ? gzipSync(body) : brotliCompressSync(body)).subarray(0, atByte);
      const encoding = how === 'gzip' ? 'gzip' : 'br';
      head(response, answer, { 'content-encoding': encoding, 'content-length': String(short.length) });
      response.end(short);
      return;
    }
  }
  await new Promise<void>((resolve) => response.write(body.subarray(0, atByte), () => resolve()));
  if (how === 'closeDelimited') response.end();
  else if (how === 'reset') response.socket?.resetAndDestroy();
  else response.socket?.destroy();
};

const dribble = async (
  response: ServerResponse,
  answer: Answer,
  body: Buffer,
  { chunkBytes, everyMs }: Extract<Trouble, { kind: 'slow' }>,
): Promise<void> => {
  head(response, answer, { 'content-length': String(body.length) });
  for (let from = 0; from < body.length && !response.destroyed; from += chunkBytes) {
    response.write(body.subarray(from, from + chunkBytes));
    await wait(everyMs);
  }
  response.end();
};

const head = (response: ServerResponse, answer: Answer, more: Record<string, string>): void => {
  const type = isPlain(answer.body) ? {} : { 'content-type': 'application/json; charset=utf-8' };
  const headers: Record<string, string | string[]> = { ...type, ...more };
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    headers[name.toLowerCase()] = typeof value === 'string' ? value : [...value];
  }
  response.writeHead(answer.status, headers);
};

const isPlain = (body: unknown): body is string | Uint8Array | undefined =>
  body === undefined || typeof body === 'string' || body instanceof Uint8Array;

const bytesOf = (body: unknown): Buffer => {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};
