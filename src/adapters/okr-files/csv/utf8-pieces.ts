/** Turns text in whatever encoding into UTF-8. */
import { TextDecoder } from 'node:util';
import { peek } from '../../../blocks/byte-streams.ts';
import { unmarkedPieces } from './unmarked-pieces.ts';

/** Bytes; enough to see UTF-16 that lacks a mark. */
const sampled = 256;

type Pieces = AsyncIterable<Uint8Array>;

/**
 * UTF-16 by its mark, or by the zero bytes of its letters; Windows-1252 where neither a mark nor the bytes speak for UTF-8.
 * Nothing throws: what is no text becomes a replacement character.
 * @param onWindows1252 called at most once, before the pieces that it is true of
 */
export async function* utf8Pieces(
  pieces: Pieces,
  onWindows1252: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, all } = await peek(pieces, sampled);
  const unicode = utf16Of(head);
  if (unicode !== undefined) yield* decodedBy(new TextDecoder(unicode), all);
  else if (hasUtf8Mark(head)) yield* all;
  else yield* unmarkedPieces(all, onWindows1252);
}

const hasUtf8Mark = ([a, b, c]: Uint8Array): boolean => a === 0xef && b === 0xbb && c === 0xbf;

function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const zeros = { even: 0, odd: 0 };
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  // Commas, digits and Latin letters have one zero byte each; a stray NUL in a note is no sign.
  const many = head.length / 8;
  if (zeros.odd > many && zeros.even * 8 < zeros.odd) return 'utf-16le';
  return zeros.even > many && zeros.odd * 8 < zeros.even ? 'utf-16be' : undefined;
}

/** Decoders drop the mark. */
async function* decodedBy(decoder: TextDecoder, pieces: Pieces): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}
