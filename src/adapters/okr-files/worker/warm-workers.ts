/**
 * Keeps worker threads from one job to the next, since starting one costs more than reading a small file. Ours because piscina lets a
 * job hang whose worker dies while it starts, and no pool ends a worker after so many jobs or by its size.
 */
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

export interface WarmWorkersOptions {
  /** The workers' entry. */
  readonly entry: URL;
  /** Megabytes of heap; a worker that needs more is ended. */
  readonly maxHeapMb: number;
  /** Jobs after which one is ended. */
  readonly maxJobs: number;
  /** Milliseconds. */
  readonly maxIdleMs: number;
}

export interface WarmWorkers {
  /** One that waits, or a new one. Whoever takes it ends it or gives it back. */
  readonly take: () => Worker;
  /** Once its job has ended. */
  readonly giveBack: (worker: Worker) => void;
  /** Ends those that wait, and from now on those that are given back. */
  readonly close: () => void;
}

export function createWarmWorkers({ maxJobs, maxIdleMs, ...options }: WarmWorkersOptions): WarmWorkers {
  const jobs = new WeakMap<Worker, number>();
  const waiting = new Map<Worker, NodeJS.Timeout>();
  let isClosed = false;
  const leave = (worker: Worker): void => {
    clearTimeout(waiting.get(worker));
    waiting.delete(worker);
  };
  const startOne = (): Worker => {
    const worker = start(options);
    return worker.once('exit', () => leave(worker));
  };
  return {
    take: () => {
      // The one that came last, so that those too many are left to end.
      const worker = [...waiting.keys()].at(-1) ?? startOne();
      leave(worker);
      worker.ref();
      jobs.set(worker, (jobs.get(worker) ?? 0) + 1);
      return worker;
    },
    giveBack: (worker) => {
      if (isClosed || (jobs.get(worker) ?? 0) >= maxJobs) {
        void worker.terminate();
        return;
      }
      worker.unref();
      waiting.set(worker, setTimeout(() => void worker.terminate(), maxIdleMs).unref());
    },
    close: () => {
      isClosed = true;
      for (const worker of waiting.keys()) void worker.terminate();
    },
  };
}

function start({ entry, maxHeapMb }: Pick<WarmWorkersOptions, 'entry' | 'maxHeapMb'>): Worker {
  const cache = getCompileCacheDir();
  const worker = new Worker(entry, {
    // No more of the environment than that: what reads strangers' files holds no secrets.
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(cache) },
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 6 },
  });
  // Nobody else listens while it waits, and its death is not to be the bot's.
  return worker.on('error', () => undefined);
}
