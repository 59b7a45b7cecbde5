/** Gives UTF-8 of text without a mark: UTF-8 already, or Windows-1252 as Excel's plain "CSV" has it in the West. */
import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Bytes beyond ASCII; so many tell which of the two it is. */
const enoughBeyondAscii = 512;
/** Bytes; no more is held while that is open. */
const mostHeld = 4 * 1024 * 1024;

/**
 * ASCII is the same in both, however long: the question is decided where the first other byte stands, late or early.
 * @param onWindows1252 called before the first piece that is read so
 */
export async function* unmarkedPieces(
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
      if (seen.beyondAscii >= enoughBeyondAscii || seen.bytes >= mostHeld) yield decide(false);
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

const countBeyondAscii = (piece: Uint8Array): number =>
  piece.reduce((count, byte) => (byte < 0x80 ? count : count + 1), 0);

/** UTF-8 that is damaged here and there has more whole letters than broken ones; Windows-1252 hardly ever has a whole one. */
function looksLikeUtf8(bytes: Uint8Array, isAll: boolean): boolean {
  // Where more follows, the last letter may go on there.
  const text = new TextDecoder().decode(bytes, { stream: !isAll });
  // A replacement character that the file itself holds is a whole letter.
  const kept = countOf(Buffer.from(bytes).toString('latin1'), /\xef\xbf\xbd/g);
  const broken = countOf(text, /\uFFFD/g) - kept;
  const whole = countOf(text, /[^\0-\x7F\uFFFD]/gu) + kept;
  return broken === 0 || whole > broken;
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
