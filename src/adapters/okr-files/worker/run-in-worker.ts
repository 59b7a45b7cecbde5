/** Runs one job in a worker thread, so that no file stops, swells or ends the bot. */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { UnreadableCause } from '../../../domain/okrs/file/okr-file.ts';
import type { Log } from '../../../ports/runtime.ts';
import { createFeed, type Feed } from './feed.ts';
import type { WarmWorkers } from './warm-workers.ts';
import type { FromWorker, JobResult, ToWorker, WorkerJob, WorkerTask } from './worker-protocol.ts';

export interface WorkerDeps {
  readonly log: Pick<Log, 'warn'>;
  readonly workers: WarmWorkers;
  /** Milliseconds of the worker's own time; waiting for the source does not count. */
  readonly maxWorkMs: number;
}

export type JobOf<Kind extends WorkerJob['kind']> = Extract<WorkerJob, { readonly kind: Kind }>;

export interface JobDone<Kind extends WorkerJob['kind']> {
  readonly result: JobResult<Kind>;
  /** Taken from the source. */
  readonly bytes: number;
}

/**
 * Rejects with the source's own error when it breaks, and with the signal's reason when it is aborted. The source is
 * cancelled when it was not read to its end. A worker that dies is `damaged`, or `tooLarge` when it ran out of memory;
 * it rejects when the disk failed it. Only a worker that has done its job is given another one.
 */
export async function runInWorker<Kind extends WorkerJob['kind']>(
  { log, workers, maxWorkMs }: WorkerDeps,
  job: JobOf<Kind>,
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<JobDone<Kind>> {
  const worker = workers.take();
  const { port1: port, port2 } = new MessageChannel();
  const send = (message: ToWorker, transfer: ArrayBuffer[]): void => port.postMessage(message, transfer);
  const feed = createFeed(source, send, job.limits.maxBytes);
  const ended = new AbortController();
  let isFree = false;
  try {
    const outcomes = Promise.race([
      outcomeOf(port, feed),
      endOf(worker, log, ended.signal),
      tooLong(feed, maxWorkMs, ended.signal),
      aborted(signal, ended.signal),
    ]);
    worker.postMessage({ job, port: port2 } satisfies WorkerTask, [port2]);
    const outcome = await outcomes;
    isFree = outcome.isFree === true;
    // A worker answers the one job that it was given.
    return { result: outcome.result as JobResult<Kind>, bytes: feed.bytes() };
  } finally {
    // With a reason: without one Node makes an error, with a stack, for each job.
    ended.abort('the job has ended');
    port.close();
    if (isFree) workers.giveBack(worker);
    await Promise.all([isFree || worker.terminate(), feed.stop()]);
  }
}

interface Outcome {
  readonly result: JobResult<WorkerJob['kind']>;
  /** The worker can do another job. */
  readonly isFree?: boolean;
}

const unreadable = (why: UnreadableCause): Outcome => ({ result: { kind: 'unreadable', why } });

/** A worker that has grown beyond it would hold on to that while it waits: megabytes of heap, and bytes of the file it has read. */
const largestKept = { heapMb: 64, file: 4_000_000 };

const outcomeOf = (port: MessagePort, feed: Feed): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    port.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'more':
          feed.more().then((fed) => {
            if (fed === 'tooLarge') resolve(unreadable('tooLarge'));
          }, reject);
          break;
        case 'done':
          resolve({ result: message.result, isFree: isAsBefore(message, feed.bytes()) });
      }
    });
  });

/** Nothing of a file that may be made to harm is to fall on the next one. */
function isAsBefore({ result, heapMb }: Extract<FromWorker, { kind: 'done' }>, bytes: number): boolean {
  const isSmall = heapMb <= largestKept.heapMb && bytes <= largestKept.file;
  return isSmall && (result.kind !== 'unreadable' || harmless.has(result.why));
}

/** These files hold something else, and that shows at once. */
const harmless: ReadonlySet<UnreadableCause> = new Set([
  'noTitleColumn',
  'noRows',
  'empty',
  'notATable',
  'archive',
  'numbers',
  'otherSpreadsheet',
]);

const endOf = (worker: Worker, log: WorkerDeps['log'], ended: AbortSignal): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const onError = (error: unknown): void => {
      const death = deathOf(error);
      log.warn({ ...death }, 'a worker of export files ended early');
      if (isOfSystem(error))
        reject(
          Object.assign(new Error(`a file could not be read or made: ${death.code}`), { code: death.code }),
        );
      resolve(unreadable(death.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'tooLarge' : 'damaged'));
    };
    const onExit = (): void => resolve(unreadable('damaged'));
    worker.once('error', onError).once('exit', onExit);
    ended.addEventListener('abort', () => void worker.off('error', onError).off('exit', onExit));
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
