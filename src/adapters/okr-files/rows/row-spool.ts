/** Spools values to disk, to read them again in their order or by place. */
import type { FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** Values that JSON can hold, in the order in which they came. */
export interface Spool<T> {
  readonly add: (value: T) => Promise<void>;
  /** No value can follow; before this nothing can be read. */
  readonly close: () => Promise<void>;
  readonly all: () => AsyncGenerator<T, void, undefined>;
  /** One after the other, each by its place; those from `placesKept` on cannot be had so. */
  readonly some: (places: Iterable<number>) => AsyncGenerator<T, void, undefined>;
}

/** Characters. */
const maxPending = 64 * 1024;

/**
 * @param file Open for reading and writing, empty; closing it is the caller's.
 * @param placesKept For how many of the first values the place in the file is kept.
 */
export function createSpool<T>(file: FileHandle, placesKept = 0): Spool<T> {
  // Where each value begins, and where the last one kept ends.
  const ends = new Float64Array(placesKept + 1);
  let count = 0;
  let bytes = 0;
  let pending = '';
  const flush = async (): Promise<void> => {
    const lines = pending;
    pending = '';
    await file.appendFile(lines);
  };
  return {
    add: async (value) => {
      const line = `${asOneLine(value)}\n`;
      pending += line;
      bytes += Buffer.byteLength(line);
      count += 1;
      if (count <= placesKept) ends[count] = bytes;
      if (pending.length > maxPending) await flush();
    },
    close: flush,
    all: () => allOf<T>(file),
    some: (places) => someOf<T>(file, places, ends),
  };
}

/** Readers of lines take these two for line ends. */
const asOneLine = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);

async function* allOf<T>(file: FileHandle): AsyncGenerator<T, void, undefined> {
  const input = file.createReadStream({ start: 0, autoClose: false });
  // Our own lines, written a moment ago.
  for await (const line of createInterface({ input })) yield JSON.parse(line) as T;
}

async function* someOf<T>(
  file: FileHandle,
  places: Iterable<number>,
  ends: Float64Array,
): AsyncGenerator<T, void, undefined> {
  for (const place of places) {
    const from = ends[place] ?? 0;
    const length = (ends[place + 1] ?? from) - from;
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, from);
    yield JSON.parse(buffer.toString()) as T;
  }
}
