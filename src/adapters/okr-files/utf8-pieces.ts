/** Answers for text in UTF-8, whatever encoding mark the file began with. */
import { TextDecoder } from 'node:util';

/** Enough for any byte order mark, and to see UTF-16 that lacks one. */
const fewestBytes = 4;

/** UTF-16 by its mark, or by the zero bytes of its first letters, becomes UTF-8; all else is UTF-8 already, or taken for it. */
export async function* utf8Pieces(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let first = Buffer.alloc(0);
  let decoder: TextDecoder | 'none' | undefined;
  for await (const piece of pieces) {
    let bytes = piece;
    if (decoder === undefined) {
      first = Buffer.concat([first, piece]);
      if (first.length < fewestBytes) continue;
      decoder = decoderFor(first);
      bytes = first;
    }
    yield decoder === 'none' ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
  if (decoder === undefined) yield first;
  else if (decoder !== 'none') yield Buffer.from(decoder.decode());
}

/** Decoders drop the mark. What is no Unicode becomes a replacement character; nothing throws. */
function decoderFor([a, b, c, d]: Uint8Array): TextDecoder | 'none' {
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0))
    return new TextDecoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0))
    return new TextDecoder('utf-16be');
  return 'none';
}
