/** Sends a file to the browser so that it arrives whole or visibly broken: never short and clean. */
import { create as contentDisposition } from 'content-disposition';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

export interface FileToSend {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes, when the source declared them. */
  readonly length?: number;
  /** Any Unicode text. */
  readonly fileName: string;
  /** Set with the first byte, for the page's script: a browser tells no script that a download has begun. */
  readonly beganCookie?: string;
}

export type Sent =
  | { readonly kind: 'whole'; readonly bytes: number }
  /** `untouched`: no byte and no header went out, so that a page can still be sent. */
  | { readonly kind: 'broken'; readonly cause: unknown; readonly untouched: boolean };

/** RFC 6266, with a plain fall-back name for old clients; control and direction characters cannot disguise the name. */
const disposition = (fileName: string): string =>
  contentDisposition(fileName.replace(/[\p{Cc}\p{Cf}/\\]/gu, '_').slice(0, 150));

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const headersOf = ({ length, fileName, beganCookie }: FileToSend) => ({
  'Content-Type': fileName.endsWith('.xlsx') ? workbookType : 'text/csv',
  'Content-Disposition': disposition(fileName),
  ...(length === undefined ? {} : { 'Content-Length': length }),
  ...(beganCookie === undefined
    ? {}
    : { 'Set-Cookie': `${beganCookie}=began; Path=/; Max-Age=60; Secure; SameSite=Strict` }),
});

/** Whoever reads a few bytes at a time must not keep a place for ever: half an hour takes 100 MB at 60 KB/s. */
const usualMaxMilliseconds = 30 * 60_000;

/**
 * Sends nothing before the first byte is there. A source that fails later resets the connection: an HTTP/1.0 reader, such as
 * a reverse proxy, would take an ordinary close for the end of the file.
 */
export async function sendFile(
  response: ServerResponse,
  file: FileToSend,
  maxMilliseconds = usualMaxMilliseconds,
): Promise<Sent> {
  const source = file.stream[Symbol.asyncIterator]();
  const declared = file.length ?? Infinity;
  let bytes = 0;
  let next: IteratorResult<Uint8Array>;
  try {
    next = await source.next();
  } catch (cause) {
    return { kind: 'broken', cause, untouched: !response.destroyed };
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (; next.done !== true; next = await source.next()) {
        bytes += next.value.length;
        if (bytes > declared) throw new Error('The file is longer than declared');
        yield next.value;
      }
      if (bytes < (file.length ?? 0)) throw new Error('The file is shorter than declared');
    } catch (cause) {
      response.socket?.resetAndDestroy();
      throw cause;
    } finally {
      await source.return?.();
    }
  }
  const tooSlow = setTimeout(() => response.socket?.resetAndDestroy(), maxMilliseconds);
  try {
    response.writeHead(200, headersOf(file));
    await pipeline(chunks, response);
    return { kind: 'whole', bytes };
  } catch (cause) {
    return { kind: 'broken', cause, untouched: false };
  } finally {
    clearTimeout(tooSlow);
  }
}
