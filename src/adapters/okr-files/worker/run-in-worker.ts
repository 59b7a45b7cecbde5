/** Runs one job in a worker thread of its own, so that no file stops, swells or ends the bot. */
import { Worker } from 'node:worker_threads';
import type { UnreadableCause } from '../../../domain/okrs/file/okr-file.ts';
import type { Log } from '../../../ports/runtime.ts';
import { createFeed, type Feed } from './feed.ts';
import type { FromWorker, JobResult, ToWorker, WorkerJob } from './worker-protocol.ts';

export interface WorkerDeps {
  readonly log: Pick<Log, 'warn'>;
  /** The worker's entry. */
  readonly entry: URL;
  /** Milliseconds of the worker's own time; waiting for the source does not count. */
  readonly maxWorkMs: number;
  /** Megabytes of heap; a worker that needs more is ended. */
  readonly maxHeapMb: number;
}

/**
 * Rejects with the source's own error when it breaks, and with the signal's reason when it is aborted. The source is
 * cancelled when it was not read to its end. A worker that dies is `damaged`, or `tooLarge` when it ran out of memory;
 * it rejects when the disk failed it.
 */
export async function runInWorker<Kind extends WorkerJob['kind']>(
  deps: WorkerDeps,
  job: Extract<WorkerJob, { readonly kind: Kind }>,
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<JobResult<Kind>> {
  const worker = start(deps, job);
  const send = (message: ToWorker, transfer: ArrayBuffer[]): void => worker.postMessage(message, transfer);
  const feed = createFeed(source, send, job.limits.maxBytes);
  const ended = new AbortController();
  try {
    const outcome = await Promise.race([
      outcomeOf(worker, feed, deps),
      tooLong(feed, deps.maxWorkMs, ended.signal),
      aborted(signal, ended.signal),
    ]);
    // A worker answers the one job that it was given.
    return outcome as JobResult<Kind>;
  } finally {
    ended.abort();
    await Promise.all([worker.terminate(), feed.stop()]);
  }
}

type Outcome = JobResult<WorkerJob['kind']>;
const unreadable = (why: UnreadableCause): Outcome => ({ kind: 'unreadable', why });

/** It gets no environment: what reads strangers' files holds no secrets. */
const start = ({ entry, maxHeapMb }: WorkerDeps, workerData: WorkerJob): Worker =>
  new Worker(entry, {
    workerData,
    env: {},
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 16 },
  });

const outcomeOf = (worker: Worker, feed: Feed, { log }: WorkerDeps): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'more':
          feed.more().then((fed) => {
            if (fed === 'tooLarge') resolve(unreadable('tooLarge'));
          }, reject);
          break;
        case 'done':
          resolve(message.result);
      }
    });
    worker.on('error', (error: unknown) => {
      const death = deathOf(error);
      log.warn({ ...death }, 'a worker of export files ended early');
      if (isOfSystem(error)) reject(new Error(`a file could not be made: ${death.code}`));
      resolve(unreadable(death.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'tooLarge' : 'damaged'));
    });
    worker.on('exit', () => resolve(unreadable('damaged')));
  });

/** A full disk, too many open files …: no fault of the export's. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Looks now and then: how long the source took is known only afterwards. */
const tooLong = (feed: Feed, maxWorkMs: number, ended: AbortSignal): Promise<Outcome> =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const timer = setInterval(
      () => {
        if (performance.now() - startedAt - feed.waited() > maxWorkMs) resolve(unreadable('tookTooLong'));
      },
      Math.min(1_000, maxWorkMs),
    );
    ended.addEventListener('abort', () => clearInterval(timer), { once: true });
  });

const aborted = (signal: AbortSignal, ended: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true, signal: ended });
  });

interface WorkerDeath {
  readonly errorName: string;
  readonly code: string;
  /** Where in our code it happened; the message is cut off. */
  readonly frames: readonly string[];
}

/** What may be logged of a worker that died: never its message, which may quote the file. */
function deathOf(error: unknown): WorkerDeath {
  if (!(error instanceof Error)) return { errorName: 'none', code: 'none', frames: [] };
  const { name, message, stack = '' } = error;
  const opening = stack.indexOf(message);
  // A message may look like a frame: frames are what follows it, or nothing.
  const behind = opening === -1 ? '' : stack.slice(opening + message.length);
  const frames = behind
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
  return { errorName: name, code: 'code' in error ? String(error.code) : 'none', frames };
}
