/** Hands a file over byte for byte, its end only once it is known to be whole. */
import type { ContentFault } from '../../../ports/export-source.ts';
import type { ReplyHeaders } from '../../../blocks/http/send-http.ts';
import { createCsvEnding, type CsvEnd } from './csv-ending.ts';

/** At least so many bytes are held back, in whole pieces: a reader that has less than all of them knows that the file is not whole. */
export const heldBack = 64 * 1024;

/** How the end of the body is recognised. */
export type Framing =
  /** Content-Length, of the bytes as they arrive here. */
  | { readonly kind: 'counted'; readonly bytes: number }
  /** Node itself errs when the last chunk is missing. */
  | { readonly kind: 'chunked' }
  /** Ended by closing the connection, or encoded although we asked for identity: only the CSV can tell. */
  | { readonly kind: 'open' };

export function framingOf(headers: ReplyHeaders, length: number | undefined): Framing {
  if (headers.has('content-encoding')) return { kind: 'open' };
  if (length !== undefined) return { kind: 'counted', bytes: length };
  return /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '') ? { kind: 'chunked' } : { kind: 'open' };
}

/** Whether this very file has ended within quotes before, after as many bytes; remembers it otherwise. */
export type HasEndedAlike = (bytes: number) => boolean;

/** Throws `ContentBroken` instead of ending when the body was cut. */
export async function* wholeContent(
  pieces: AsyncIterable<Uint8Array>,
  framing: Framing,
  hasEndedAlike: HasEndedAlike = () => false,
): AsyncGenerator<Uint8Array, void> {
  const ending = framing.kind === 'chunked' ? undefined : createCsvEnding();
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  let received = 0;
  for await (const piece of pieces) {
    received += piece.byteLength;
    heldBytes += piece.byteLength;
    held.push(piece);
    ending?.write(piece);
    for (let first = held[0]; first !== undefined; [first] = held) {
      if (heldBytes - first.byteLength < heldBack) break;
      held.shift();
      heldBytes -= first.byteLength;
      yield first;
    }
  }
  const end = ending?.end();
  const isOdd = framing.kind === 'counted' && end === 'inQuotes' && hasEndedAlike(received);
  if (!isWhole(framing, received, isOdd ? 'unclear' : end)) throw new ContentBroken('cut');
  yield* held;
}

/** The file ended before it was whole, or grew too large, or came too slowly. */
export class ContentBroken extends Error {
  override readonly name = 'ContentBroken';
  readonly fault: ContentFault;

  constructor(fault: ContentFault, options?: ErrorOptions) {
    super(`The content broke off: ${fault}`, options);
    this.fault = fault;
  }
}

/** A Content-Length that is too short may be taken at its word: where the CSV says that more must come, it does not count until it has said so twice. */
function isWhole(framing: Framing, received: number, ending: CsvEnd | undefined): boolean {
  switch (framing.kind) {
    case 'counted':
      return received === framing.bytes && ending !== 'inQuotes';
    case 'chunked':
      return true;
    case 'open':
      return ending === 'complete';
  }
}

const maxRemembered = 1_000;

/**
 * A file that ends within quotes each time it is fetched is most likely odd, not cut: its download must not be barred
 * for ever.
 */
export function createQuotedEnds(): (address: string) => HasEndedAlike {
  const ends = new Map<string, number>();
  return function quotedEndsOf(address) {
    return function hasEndedAlike(bytes) {
      if (ends.get(address) === bytes) return true;
      if (ends.size >= maxRemembered) ends.clear();
      ends.set(address, bytes);
      return false;
    };
  };
}
