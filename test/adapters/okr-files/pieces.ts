/** Bytes as streams give them: in pieces, of any sizes. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Of a file that is not there yet; who opens it takes its name away at once. */
export const scratchPath = (): string => path.join(tmpdir(), `okr-files-test-${randomUUID()}`);

/** Cuts at each of the sizes in turn, over and over; at least one byte a piece. */
export async function* inPieces(
  bytes: Uint8Array,
  sizes: readonly number[] = [65_536],
): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let nth = 0; from < bytes.length; nth += 1) {
    const size = Math.max(1, sizes[nth % sizes.length] ?? 1);
    await Promise.resolve();
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

export const streamOf = (...pieces: readonly (Uint8Array | string)[]): ReadableStream<Uint8Array> =>
  ReadableStream.from(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));

/** All records of all tables. */
export async function recordsOf(
  tables: AsyncIterable<{ readonly records: AsyncIterable<readonly string[]> }>,
): Promise<readonly (readonly string[])[][]> {
  const all: (readonly string[])[][] = [];
  for await (const { records } of tables) {
    const table: (readonly string[])[] = [];
    for await (const record of records) table.push(record);
    all.push(table);
  }
  return all;
}
