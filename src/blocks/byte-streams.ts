/** Peeks into streams of bytes, and cuts them into chunks of one size. Ours because a failure while peeking belongs to whoever reads on. */

type Bytes = AsyncIterable<Uint8Array>;

export interface Peeked {
  /** Shorter than wanted only when the stream is, or has broken. */
  readonly head: Uint8Array;
  /** The stream has ended within the head. */
  readonly isWhole: boolean;
  /** The whole stream, the head included. What broke while peeking is thrown after what came before. */
  readonly all: AsyncGenerator<Uint8Array, void, undefined>;
}

export async function peek(stream: Bytes, bytes: number): Promise<Peeked> {
  const source = stream[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  const peeked = (rest: AsyncIterator<Uint8Array>, isWhole = false): Peeked => ({
    head: Buffer.concat(taken).subarray(0, bytes),
    isWhole,
    all: resumed(taken, rest),
  });
  try {
    for (let length = 0; length < bytes;) {
      const next = await source.next();
      if (next.done === true) return peeked(source, true);
      taken.push(next.value);
      length += next.value.length;
    }
    return peeked(source);
  } catch (error) {
    return peeked({
      next: () => {
        throw error;
      },
    });
  }
}

async function* resumed(
  taken: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* taken;
    for (;;) {
      const next = await rest.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/** The last chunk may be shorter; an empty stream gives none. One of them is in memory at a time. */
export async function* inChunks(
  stream: Bytes,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let chunk = new Uint8Array(size);
  let length = 0;
  for await (const piece of stream) {
    let rest = piece;
    while (rest.length > 0) {
      const fitting = rest.subarray(0, size - length);
      // Copied: a source may use its buffer again.
      chunk.set(fitting, length);
      length += fitting.length;
      rest = rest.subarray(fitting.length);
      if (length < size) continue;
      yield chunk;
      chunk = new Uint8Array(size);
      length = 0;
    }
  }
  if (length > 0) yield chunk.subarray(0, length);
}
