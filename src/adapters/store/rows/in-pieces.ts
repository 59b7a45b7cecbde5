/** Answers for bytes cut into pieces of one size, whatever the source's own pieces were. */

/** The last piece may be shorter; no source, no piece. */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (length + rest.length >= size) {
      const room = size - length;
      yield Buffer.concat([...held, rest.subarray(0, room)]);
      rest = rest.subarray(room);
      held = [];
      length = 0;
    }
    // Copied: a source may use its buffer again.
    if (rest.length > 0) held.push(Uint8Array.from(rest));
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}
