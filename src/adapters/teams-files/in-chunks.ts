/** Answers for a stream cut into chunks of one size, one of them in memory at a time. */

/** The last chunk may be shorter; an empty stream gives none. */
export async function* inChunks(
  stream: ReadableStream<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let chunk = new Uint8Array(size);
  let length = 0;
  for await (const piece of stream) {
    let rest = piece;
    while (rest.length > 0) {
      const room = rest.subarray(0, size - length);
      chunk.set(room, length);
      length += room.length;
      rest = rest.subarray(room.length);
      if (length < size) continue;
      yield chunk;
      chunk = new Uint8Array(size);
      length = 0;
    }
  }
  if (length > 0) yield chunk.subarray(0, length);
}
