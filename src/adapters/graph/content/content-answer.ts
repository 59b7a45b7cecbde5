/** Turns a 200 on content into a stream of the whole file, or the reason why it is none. */
import type { Readable } from 'node:stream';
import { peek } from '../../../blocks/byte-streams.ts';
import type { Opened } from '../../../blocks/http/send-http.ts';
import { present } from '../../../domain/present.ts';
import type { ContentAnswer } from '../../../ports/export-source.ts';
import { requestIdOf } from '../http/graph-bodies.ts';
import { declaredLength, type TimeLimits } from '../http/graph-http.ts';
import { odd } from '../http/trouble.ts';
import { ContentBroken, framingOf, wholeContent, type Framing, type HasEndedAlike } from './whole-content.ts';

/** A slow reader's time does not count. */
type ContentLimits = TimeLimits & { readonly bytes: number };

/** Looks at the first bytes only; what breaks later, or already broke, is thrown by the stream. */
export async function answerWithContent(
  { status, headers, body, abort }: Opened,
  limits: ContentLimits,
  hasEndedAlike: HasEndedAlike,
): Promise<ContentAnswer> {
  // 204 is an answer without a body, and needs no length.
  const length = status === 204 ? 0 : declaredLength(headers);
  const refuse = (answer: ContentAnswer): ContentAnswer => {
    abort();
    return answer;
  };
  if (isRefusedType(headers.get('content-type'))) return refuse({ kind: 'notCsv' });
  if ((length ?? 0) > limits.bytes) return refuse({ kind: 'tooLarge', limitBytes: limits.bytes });
  const pieces = receivedPieces(body, limits, abort);
  const { head, isWhole, all } = await peek(pieces, sniffed);
  if (isNoCsv(head)) return refuse({ kind: 'notCsv' });
  const framing = framingOf(headers, length);
  // Nothing is a whole file only where the transfer itself says that nothing is missing.
  if (isWhole && head.length === 0 && !isSaidToBeEmpty(framing))
    return refuse(odd({ status, headers, text: '' }));
  const whole = wholeContent(all, framing, hasEndedAlike);
  return {
    kind: 'content',
    stream: streamOf(whole, abort),
    ...present({ length, requestId: requestIdOf(headers) }),
  };
}

const isSaidToBeEmpty = (framing: Framing): boolean =>
  framing.kind === 'chunked' || (framing.kind === 'counted' && framing.bytes === 0);

/** Throws `ContentBroken` at a limit or a cut. `abort` closes the connection; it is called whenever reading stops. */
async function* receivedPieces(
  body: Readable,
  limits: ContentLimits,
  abort: () => void,
): AsyncGenerator<Uint8Array, void> {
  const read = createPatientReader(body, limits);
  let bytes = 0;
  try {
    for (;;) {
      const piece = await read();
      if (piece === undefined) return;
      bytes += piece.byteLength;
      if (bytes > limits.bytes) throw new ContentBroken('tooLarge');
      yield piece;
    }
  } catch (error) {
    throw error instanceof ContentBroken ? error : new ContentBroken('cut', { cause: error });
  } finally {
    abort();
  }
}

/** Reads all that has arrived at once. Undefined at the end. */
function createPatientReader(body: Readable, limits: TimeLimits): () => Promise<Uint8Array | undefined> {
  const pieces = body.iterator() as AsyncIterator<Uint8Array, undefined>;
  let patience = limits.total;
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    // Ends the read that waits.
    body.destroy();
  };
  return async function readPatiently() {
    const asked = performance.now();
    const timer = setTimeout(giveUp, Math.min(limits.idle, patience));
    try {
      const { value } = await pieces.next();
      return value;
    } catch (error) {
      throw isLate ? new ContentBroken('tooSlow') : error;
    } finally {
      clearTimeout(timer);
      patience -= performance.now() - asked;
    }
  };
}

/** Reads nothing ahead of its reader; cancelling closes the connection to Graph at once. */
const streamOf = (pieces: AsyncGenerator<Uint8Array, void>, abort: () => void): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = await pieces.next();
        if (piece.done === true) controller.close();
        else controller.enqueue(piece.value);
      },
      cancel: abort,
    },
    { highWaterMark: 0 },
  );

/** Bytes to look at. */
const sniffed = 512;

const refusedTypes = /\b(html|xml|json)\b/i;

const isRefusedType = (contentType: string | null): boolean => refusedTypes.test(contentType ?? '');

/** A web page or JSON by its first bytes, whatever the content type says (G24); UTF-16 and a byte order mark are looked through. */
function isNoCsv(opening: Uint8Array): boolean {
  const text = Buffer.from(opening.subarray(0, sniffed))
    .toString('latin1')
    .replace(/^(ÿþ|þÿ|ï»¿)/, '')
    .replaceAll('\u0000', '')
    .trimStart();
  return /^<[a-z!?]/i.test(text) || /^\{\s*["}]/.test(text) || /^\[\s*[[{"\]]/.test(text);
}
