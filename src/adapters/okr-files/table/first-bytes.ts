/** Answers for looking at the beginning of a stream without losing it. */

export interface FirstBytes {
  readonly head: Uint8Array;
  /** All of it, the head included. */
  readonly all: AsyncGenerator<Uint8Array, void, undefined>;
}

/** @param most bytes looked at; the head is shorter only when the stream is */
export async function firstBytes(pieces: AsyncIterable<Uint8Array>, most: number): Promise<FirstBytes> {
  const source = pieces[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < most) {
    const next = await source.next();
    if (next.done === true) break;
    taken.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(taken).subarray(0, most), all: rest(taken, source) };
}

async function* rest(
  taken: readonly Uint8Array[],
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* taken;
    for (;;) {
      const next = await source.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}
