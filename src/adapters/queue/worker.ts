/** Runs what is due in one queue: so many at a time, each settled as soon as it ends. */
import { setTimeout as pause } from 'node:timers/promises';
import { createProcessAge, warmUpLimit } from '../../blocks/warm-up.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import type { Log } from '../../ports/runtime.ts';

/** Where work comes from, and who is told how it goes. */
export interface WorkSource<W> {
  /** Of no group that is named. */
  readonly fetch: (max: number, exceptGroups: readonly string[]) => Promise<readonly W[]>;
  readonly complete: (works: readonly W[]) => Promise<unknown>;
  /** It is to be tried again. */
  readonly fail: (works: readonly W[]) => Promise<unknown>;
  /** Heartbeat of what runs. */
  readonly touch: (works: readonly W[]) => Promise<unknown>;
  readonly groupOf: (work: W) => string | undefined;
  /** Milliseconds until the next is due as far as is known now; undefined where none is. */
  readonly untilNext?: () => Promise<number | undefined>;
}

/** @typeParam W one piece of work, as it was fetched */
export interface WorkerDeps<W> {
  readonly source: WorkSource<W>;
  readonly log: Log;
  readonly maxRunning: number;
  /** Fetched at once. A group of which so many are running gets no more, so that its slow ones leave room for others. */
  readonly maxBatch: number;
  /**
   * Since then nothing was due, and nothing was queued here; half a minute unless given. With 0 it relies on being woken for
   * whatever is queued here.
   */
  readonly idleAfterMilliseconds?: number;
  /** A rejection is logged here, and the work is tried again later. */
  readonly handler: Handler<W>;
}

/** Resolves with `settled` when the source knows already that the work is done. */
type Handler<W> = (work: W) => Promise<unknown>;

export interface Worker {
  /** Takes nothing new, waits for what runs, and after `graceMilliseconds` gives the rest back to the queue. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
  /** Something is due, at once or in so many milliseconds: asks then instead of at its next turn. In the far future that turn will do. */
  readonly wake: (milliseconds?: number) => void;
  /** Something was queued, perhaps for later: asks often for a while. */
  readonly stir: () => void;
}

/** What is not heard of for 15 s is given to another. */
const heartbeatMilliseconds = 5000;
const pollMilliseconds = 500;
const usuallyIdleAfterMilliseconds = 30_000;
/** What others have queued is theirs to wake: this finds what they left when they died. */
const idleMilliseconds = 5000;
/** A schedule is due in days, and timers take no more than 24 of them. */
const farMilliseconds = 60_000;
const soonestMilliseconds = 50;
const gatherMilliseconds = 20;
/** What runs when a process is killed is suspected of being poison: during its warm-up a process runs little at a time. */
const warmUp = { first: 5, secondsForOneMore: 0.1 };

/** pg-boss's own worker settles a batch when its slowest job ends, so that one slow export would hold back all others. */
export function startWorker<W>(deps: WorkerDeps<W>): Worker {
  const running = new Map<W, Promise<void>>();
  const stopping = new AbortController();
  const complete = createCompletion(deps);
  let whenFreed = (): void => undefined;
  const free = (work: W): void => {
    running.delete(work);
    whenFreed();
  };
  const processAge = createProcessAge();
  /** Or was told that something was queued. */
  let tookAt = performance.now();
  const maxNow = (): number => warmUpLimit({ ...warmUp, max: deps.maxRunning }, processAge());
  const take = async (): Promise<boolean> => {
    const room = maxNow() - running.size;
    if (room <= 0) return true;
    const batchSize = Math.min(room, deps.maxBatch);
    const crowded = crowdedGroups([...running.keys()].map(deps.source.groupOf), deps.maxBatch);
    const works = await deps.source.fetch(batchSize, crowded);
    if (works.length > 0) tookAt = performance.now();
    for (const work of works)
      running.set(
        work,
        settle(deps, complete, work).finally(() => free(work)),
      );
    return works.length === batchSize || crowded.length > 0;
  };
  const roomIsThere = (): Promise<void> =>
    new Promise((resolve) => {
      whenFreed = resolve;
      if (running.size < deps.maxRunning || stopping.signal.aborted) resolve();
    });
  const rest = createRest(stopping.signal);
  const { idleAfterMilliseconds = usuallyIdleAfterMilliseconds } = deps;
  let isIdle = false;
  const pauseFor = async (isMore: boolean): Promise<number> => {
    isIdle = !isMore && performance.now() - tookAt >= idleAfterMilliseconds;
    if (!isIdle) return isMore ? soonestMilliseconds : pollMilliseconds;
    const next = (await deps.source.untilNext?.()) ?? idleMilliseconds;
    // What is due may be in somebody's hand: it is not asked for without a pause.
    return Math.min(idleMilliseconds, Math.max(pollMilliseconds, next));
  };
  const polling = poll(deps.log, { take, roomIsThere, pauseFor, rest: rest.take }, stopping.signal);
  const heartbeats = setInterval(() => void sendHeartbeats(deps, [...running.keys()]), heartbeatMilliseconds);
  const stop = async (graceMilliseconds: number): Promise<void> => {
    stopping.abort();
    whenFreed();
    await polling;
    await withTimeout(graceMilliseconds, Promise.all(running.values()));
    clearInterval(heartbeats);
    await giveBack(deps, [...running.keys()]);
  };
  const stir = (): void => {
    tookAt = performance.now();
    if (isIdle) rest.endIn();
    isIdle = false;
  };
  return { stop, wake: rest.endIn, stir };
}

/** The groups of which the maximum is running. */
function crowdedGroups(groups: readonly (string | undefined)[], max: number): string[] {
  const counts = Map.groupBy(groups, (group) => group ?? '');
  return [...counts].flatMap(([group, { length }]) => (group !== '' && length >= max ? group : []));
}

interface PollSteps {
  /** True when as many came as were asked for, or some were not asked for: there may be more. */
  readonly take: () => Promise<boolean>;
  readonly roomIsThere: () => Promise<void>;
  readonly pauseFor: (isMore: boolean) => Promise<number>;
  readonly rest: (milliseconds: number) => Promise<void>;
}

/** A pause that `endIn` cuts short, even before it begins. */
function createRest(stopping: AbortSignal) {
  let rest = Promise.withResolvers<undefined>();
  const end = (): void => rest.resolve(undefined);
  stopping.addEventListener('abort', end);
  return {
    endIn: (milliseconds = 0): void => {
      if (milliseconds <= 0) end();
      else if (milliseconds < farMilliseconds) setTimeout(end, milliseconds).unref();
    },
    take: async (milliseconds: number): Promise<void> => {
      if (stopping.aborted) return;
      const timer = setTimeout(end, milliseconds);
      await rest.promise;
      clearTimeout(timer);
      rest = Promise.withResolvers();
    },
  };
}

/** A full batch is followed by the next as soon as there is room, but not for each single job. */
async function poll(
  log: Log,
  { take, roomIsThere, pauseFor, rest }: PollSteps,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    let milliseconds = pollMilliseconds;
    try {
      milliseconds = await pauseFor(await take());
    } catch (error) {
      log.error({ err: error }, 'the queue could not be asked for work');
    }
    await rest(milliseconds);
    await roomIsThere();
  }
}

/** Completes what ends within a moment in one statement. */
function createCompletion<W>({ source }: WorkerDeps<W>): (work: W) => Promise<void> {
  let batch: { readonly works: W[]; readonly told: Promise<void> } | undefined;
  const tell = async (works: W[]): Promise<void> => {
    await pause(gatherMilliseconds);
    batch = undefined;
    await source.complete(works);
  };
  return function completeSoon(work) {
    if (batch === undefined) {
      const works: W[] = [];
      batch = { works, told: tell(works) };
    }
    batch.works.push(work);
    return batch.told;
  };
}

/** Never rejects: work that could not be settled comes back when its heartbeats stop. */
async function settle<W>(
  { source, handler, log }: WorkerDeps<W>,
  complete: (work: W) => Promise<void>,
  work: W,
): Promise<void> {
  try {
    const outcome = await outcomeOf(handler, log, work);
    if (outcome === 'failed') await source.fail([work]);
    else if (outcome !== 'settled') await complete(work);
  } catch (error) {
    log.error({ err: error }, 'a finished piece of work could not be settled');
  }
}

async function outcomeOf<W>(handler: Handler<W>, log: Log, work: W): Promise<'done' | 'settled' | 'failed'> {
  try {
    return (await handler(work)) === 'settled' ? 'settled' : 'done';
  } catch (error) {
    log.error({ err: error, work }, 'something due could not be worked on; it is tried again');
    return 'failed';
  }
}

async function sendHeartbeats<W>({ source, log }: WorkerDeps<W>, works: readonly W[]): Promise<void> {
  if (works.length === 0) return;
  await source.touch(works).catch((error: unknown) => {
    log.warn({ err: error }, 'the queue could not be told that work goes on');
  });
}

async function giveBack<W>({ source, log }: WorkerDeps<W>, works: readonly W[]): Promise<void> {
  if (works.length === 0) return;
  log.warn(
    { jobs: works.length },
    'work was still running at the end of the grace time; it goes back to the queue',
  );
  await source.fail(works).catch((error: unknown) => {
    log.error({ err: error }, 'work could not be given back to the queue');
  });
}
