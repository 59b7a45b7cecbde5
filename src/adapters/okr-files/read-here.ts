/** Reads a CSV on the main thread where that is little work, since a worker would cost more than the reading. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Unreadable } from './table/text-table.ts';
import type { JobResult, ReadJob } from './worker/worker-protocol.ts';

/** What every turn of the bot may have to wait for: some 10 ms, up to 30 where a file is made to harm. */
export interface LittleWork {
  readonly bytes: number;
  readonly rows: number;
}

export type ReadHere =
  | { readonly kind: 'done'; readonly result: JobResult<'read'>; readonly bytes: number }
  /** The whole file, also what was looked at. */
  | { readonly kind: 'moreWork'; readonly source: ReadableStream<Uint8Array> };

/**
 * What goes wrong here but is no fault of the file, the source or the signal is more work, too: a worker may die of it.
 * @throws the source's own error when it breaks, and the signal's reason when it is aborted; the source is cancelled then, as it is
 *   when it was not read to its end
 */
export async function readHere(
  source: ReadableStream<Uint8Array>,
  { limits, ...job }: ReadJob,
  little: LittleWork,
  signal: AbortSignal,
): Promise<ReadHere> {
  const taken = createReplay(source, signal);
  const maxBytes = Math.min(little.bytes, limits.maxBytes);
  const maxRows = Math.min(little.rows, limits.maxRows);
  const result = await resultOf(slicesOf(taken, maxBytes), { ...job, limits: { ...limits, maxRows } });
  const { bytes, failure } = taken.seen;
  if (failure !== undefined) throw failure;
  // Also where it is unreadable by what came before: more of it may be a table.
  if (result === undefined || bytes > maxBytes) return { kind: 'moreWork', source: taken.whole() };
  await taken.stop();
  return { kind: 'done', result, bytes };
}

async function resultOf(
  slices: AsyncIterable<Uint8Array>,
  job: ReadJob,
): Promise<JobResult<'read'> | undefined> {
  try {
    // Loaded by the first file: a bot that starts has none to read.
    const { summarizeFile } = await import('./rows/summarize-file.ts');
    return await summarizeFile(slices, job);
  } catch (error) {
    if (!(error instanceof Unreadable) || error.why === 'tooManyRows') return undefined;
    return { kind: 'unreadable', why: error.why };
  }
}

/** Bytes that are looked at in one turn. */
const sliceLength = 16 * 1024;

class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes';
}

async function* slicesOf(
  { next, seen }: Replay,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await next(); piece !== undefined; piece = await next()) {
    if (seen.bytes > maxBytes) throw new TooManyBytes();
    for (let at = 0; at < piece.length; at += sliceLength) {
      yield piece.subarray(at, at + sliceLength);
      await nextTurn();
    }
  }
}

type Replay = ReturnType<typeof createReplay>;

/** A source that can be had whole again after some of it was read. */
function createReplay(source: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const reader = source.getReader();
  const pieces: Uint8Array[] = [];
  const seen: { bytes: number; failure?: Error } = { bytes: 0 };
  let underway: Promise<unknown> = Promise.resolve();
  const stop = (): Promise<void> => reader.cancel(signal.reason).catch(() => undefined);
  const onAbort = (): void => void stop();
  const read = async (): Promise<Uint8Array | undefined> => {
    signal.addEventListener('abort', onAbort);
    try {
      if (signal.aborted) await stop();
      const { value } = await reader.read();
      signal.throwIfAborted();
      if (value === undefined) return undefined;
      pieces.push(value);
      seen.bytes += value.length;
      return value;
    } catch (error) {
      seen.failure = error as Error;
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
  const again = async (): Promise<Uint8Array | undefined> => {
    // Whoever gave up reading may have asked for one more piece.
    await underway;
    return pieces.shift() ?? (await reader.read()).value;
  };
  return {
    seen,
    stop,
    next: (): Promise<Uint8Array | undefined> => {
      const piece = read();
      underway = piece;
      return piece;
    },
    whole: (): ReadableStream<Uint8Array> =>
      new ReadableStream(
        {
          pull: async (controller) => {
            const piece = await again();
            if (piece === undefined) controller.close();
            else controller.enqueue(piece);
          },
          cancel: (reason) => reader.cancel(reason),
        },
        { highWaterMark: 0 },
      ),
  };
}
