/** Reads and makes export files on worker threads, two at once, which wait for the next file for a while; what is little work needs none. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSemaphore } from '../../blocks/semaphore.ts';
import type { OkrFiles } from '../../ports/okr-files.ts';
import { readHere, type LittleWork } from './read-here.ts';
import { madeFile, withScratchPath } from './worker/scratch-file.ts';
import { runInWorker, type JobDone, type JobOf, type WorkerDeps } from './worker/run-in-worker.ts';
import { createWarmWorkers, type WarmWorkersOptions } from './worker/warm-workers.ts';
import type { ReadJob, WorkerJob } from './worker/worker-protocol.ts';

export interface OkrFilesDeps
  extends Pick<WorkerDeps, 'log'>, Partial<Omit<WorkerDeps, 'log'>>, Partial<WarmWorkersOptions> {
  /** Milliseconds: a second worker is for beside what takes longer, since one costs more to start than a small file to read. */
  readonly besideAfterMs?: number;
  /** What of a CSV is read without a worker. */
  readonly littleWork?: LittleWork;
}

type Source = ReadableStream<Uint8Array>;

const maxAtOnce = 2;
const defaults = {
  // Beside the bundle it is `.js`, too.
  entry: new URL(`./okr-files-worker${path.extname(import.meta.filename)}`, import.meta.url),
  maxWorkMs: 5 * 60_000,
  maxHeapMb: 256,
  maxJobs: 100,
  maxIdleMs: 30_000,
  besideAfterMs: 200,
  littleWork: { bytes: 128 * 1024, rows: 500 },
} as const;

export interface ClosableOkrFiles extends OkrFiles {
  /** Ends what is under way: those calls reject. */
  readonly close: () => void;
}

export function createOkrFiles(deps: OkrFilesDeps): ClosableOkrFiles {
  const semaphore = createSemaphore({ max: () => maxAtOnce });
  const { besideAfterMs, littleWork } = { ...defaults, ...deps };
  const firstWorker = createSemaphore({
    max: () => 1,
    overdue: () => pause(besideAfterMs, undefined, { ref: false }),
  });
  const closing = new AbortController();
  const workers = createWarmWorkers({ ...defaults, ...deps });
  const workerDeps: WorkerDeps = { ...defaults, ...deps, workers };
  const untilClosed = (signal?: AbortSignal): AbortSignal =>
    signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
  const inTurn = <T>(source: Source, until: AbortSignal, work: () => Promise<T>): Promise<T> =>
    cancelledUnlessRead(source, () => semaphore.run(work, until));
  const inWorker = <Kind extends WorkerJob['kind']>(job: JobOf<Kind>, source: Source, until: AbortSignal) =>
    cancelledUnlessRead(source, () =>
      firstWorker.run(() => runInWorker<Kind>(workerDeps, job, source, until), until),
    );
  const read = async (job: ReadJob, source: Source, until: AbortSignal): Promise<JobDone<'read'>> => {
    if (job.fileKind !== 'csv') return inWorker(job, source, until);
    const here = await readHere(source, job, littleWork, until);
    return here.kind === 'done' ? here : inWorker(job, here.source, until);
  };
  return {
    read: (source, { kind: fileKind, signal, ...options }) => {
      const until = untilClosed(signal);
      const job = { ...options, kind: 'read', fileKind } as const;
      return inTurn(source, until, () =>
        withScratchPath(async (scratch) => {
          const { result, bytes } = await read({ ...job, scratch }, source, until);
          return result.kind === 'read' ? { ...result, bytes } : result;
        }),
      );
    },
    workbook: (source, { kind: fileKind, signal, ...options }) => {
      const until = untilClosed(signal);
      return inTurn(source, until, () =>
        madeFile(async (out) => {
          const job = { ...options, kind: 'workbook', fileKind, out } as const;
          return (await inWorker(job, source, until)).result;
        }),
      );
    },
    spreadsheetCsv: (source, { kind: fileKind, signal, ...options }) => {
      const until = untilClosed(signal);
      const job = { ...options, kind: 'spreadsheetCsv', fileKind } as const;
      return inTurn(source, until, () =>
        madeFile(async (out) => (await inWorker({ ...job, out }, source, until)).result),
      );
    },
    close: () => {
      closing.abort();
      workers.close();
    },
  };
}

/** For work that may end before its turn comes. */
async function cancelledUnlessRead<T>(source: Source, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (!source.locked) await source.cancel().catch(() => undefined);
  }
}
