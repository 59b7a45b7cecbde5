/** Turns text in whatever encoding into UTF-8. */
import { TextDecoder } from 'node:util';
import { isAscii, isUtf8 } from 'node:buffer';
import { peek } from '../../../blocks/byte-streams.ts';

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

/** Bytes beyond ASCII; so many tell which of the two it is. */
const enoughBeyondAscii = 512;
/** Bytes; no more is held while that is open. */
const maxHeld = 4 * 1024 * 1024;

/**
 * Text without a mark is UTF-8 already, or Windows-1252 as Excel's plain "CSV" has it in the West.
 * ASCII is the same in both, however long: the question is decided where the first other byte stands, late or early.
 * @param onWindows1252 called before the first piece that is read so
 */
async function* unmarkedPieces(
  pieces: AsyncIterable<Uint8Array>,
  onWindows1252: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const held: Uint8Array[] = [];
  const seen = { bytes: 0, beyondAscii: 0 };
  let decode: ((piece: Uint8Array) => Uint8Array) | undefined;
  const decide = (isAll: boolean): Uint8Array => {
    const beginning = Buffer.concat(held.splice(0));
    const isUtf8 = looksLikeUtf8(beginning, isAll);
    if (!isUtf8) onWindows1252();
    decode = isUtf8 ? asItIs : fromWindows1252();
    return decode(beginning);
  };
  for await (const piece of pieces) {
    if (decode !== undefined) yield decode(piece);
    else if (held.length === 0 && isAscii(piece)) yield piece;
    else {
      held.push(piece);
      seen.bytes += piece.length;
      seen.beyondAscii += countBeyondAscii(piece);
      if (seen.beyondAscii >= enoughBeyondAscii || seen.bytes >= maxHeld) yield decide(false);
    }
  }
  if (held.length > 0) yield decide(true);
}

const asItIs = (piece: Uint8Array): Uint8Array => piece;

/** Every byte of it is a letter: no piece can be cut within one. */
function fromWindows1252(): (piece: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder('windows-1252');
  return function decodePiece(piece) {
    return Buffer.from(decoder.decode(piece));
  };
}

function countBeyondAscii(piece: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < piece.length; at += 1) if ((piece[at] ?? 0) >= 0x80) count += 1;
  return count;
}

/** UTF-8 that is damaged here and there has more whole letters than broken ones; Windows-1252 hardly ever has a whole one. */
function looksLikeUtf8(bytes: Uint8Array, isAll: boolean): boolean {
  if (isUtf8(bytes)) return true;
  // Where more follows, the last letter may go on there.
  const text = new TextDecoder().decode(bytes, { stream: !isAll });
  // A replacement character that the file itself holds is a whole letter.
  const kept = countOf(Buffer.from(bytes).toString('latin1'), /\xef\xbf\xbd/g);
  const broken = countOf(text, /\uFFFD/g) - kept;
  const whole = countOf(text, /[^\0-\x7F\uFFFD]/gu) + kept;
  return broken === 0 || whole > broken;
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
