/** Runs what is due in one queue: so many at a time, each settled as soon as it ends. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import { createProcessAge, warmUpLimit } from '../../blocks/warm-up.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import type { Log } from '../../ports/runtime.ts';
import { heartbeatMilliseconds, type QueueName } from './boss.ts';

export interface WorkerDeps {
  readonly boss: Pick<PgBoss, 'fetch' | 'complete' | 'fail' | 'touch'>;
  readonly log: Log;
  readonly queue: QueueName;
  readonly maxRunning: number;
  /** Fetched at once. A group of which so many are running gets no more, so that its slow ones leave room for others. */
  readonly maxBatch: number;
  /** Between two looks while nothing has been due for a while. */
  readonly idleMilliseconds: number;
  /** Takes what was queued, unchecked. A rejection is logged here, and the work is tried again later. */
  readonly handler: (data: unknown) => Promise<void>;
}

export interface Worker {
  /** Takes nothing new, waits for what runs, and after `graceMilliseconds` gives the rest back to the queue. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
  /** Asks the queue at once instead of at its next turn. */
  readonly wake: () => void;
}

const pollMilliseconds = 500;
/** Since then nothing was due. */
const idleAfterMilliseconds = 30_000;
const soonestMilliseconds = 50;
const gatherMilliseconds = 20;
/** What runs when a process is killed is suspected of being poison: during its warm-up a process runs little at a time. */
const warmUp = { first: 5, secondsForOneMore: 0.1 };

/** pg-boss's own worker settles a batch when its slowest job ends, so that one slow export would hold back all others. */
export function startWorker(deps: WorkerDeps): Worker {
  const running = new Map<Job, Promise<void>>();
  const stopping = new AbortController();
  const complete = createCompletion(deps);
  let whenFreed = (): void => undefined;
  const free = (job: Job): void => {
    running.delete(job);
    whenFreed();
  };
  const processAge = createProcessAge();
  let tookAt = performance.now();
  const maxNow = (): number => warmUpLimit({ ...warmUp, max: deps.maxRunning }, processAge());
  const take = async (): Promise<boolean> => {
    const room = maxNow() - running.size;
    if (room <= 0) return true;
    const batchSize = Math.min(room, deps.maxBatch);
    const ignoreGroups = crowdedGroups([...running.keys()], deps.maxBatch);
    const jobs = await deps.boss.fetch<object>(deps.queue, { batchSize, ignoreGroups });
    if (jobs.length > 0) tookAt = performance.now();
    for (const job of jobs)
      running.set(
        job,
        settle(deps, complete, job).finally(() => free(job)),
      );
    return jobs.length === batchSize || ignoreGroups.length > 0;
  };
  const roomIsThere = (): Promise<void> =>
    new Promise((resolve) => {
      whenFreed = resolve;
      if (running.size < deps.maxRunning || stopping.signal.aborted) resolve();
    });
  const rest = createRest(stopping.signal);
  const pauseFor = (isMore: boolean): number => {
    if (isMore) return soonestMilliseconds;
    return performance.now() - tookAt < idleAfterMilliseconds ? pollMilliseconds : deps.idleMilliseconds;
  };
  const polling = poll(
    deps.log,
    { take, roomIsThere, rest: (isMore) => rest.take(pauseFor(isMore)) },
    stopping.signal,
  );
  const heartbeats = setInterval(() => void sendHeartbeats(deps, [...running.keys()]), heartbeatMilliseconds);
  const stop = async (graceMilliseconds: number): Promise<void> => {
    stopping.abort();
    whenFreed();
    await polling;
    await withTimeout(graceMilliseconds, Promise.all(running.values()));
    clearInterval(heartbeats);
    await giveBack(deps, [...running.keys()]);
  };
  return { stop, wake: rest.end };
}

/** The groups of which the maximum is running. */
function crowdedGroups(jobs: readonly Job[], max: number): string[] {
  const grouped = Map.groupBy(jobs, ({ groupId }) => groupId ?? '');
  return [...grouped].flatMap(([group, { length }]) => (group !== '' && length >= max ? group : []));
}

interface PollSteps {
  /** True when as many came as were asked for, or some were not asked for: there may be more. */
  readonly take: () => Promise<boolean>;
  readonly roomIsThere: () => Promise<void>;
  readonly rest: (isMore: boolean) => Promise<void>;
}

/** A pause that `end` cuts short, even before it begins. */
function createRest(stopping: AbortSignal) {
  let awake = new AbortController();
  return {
    end: () => awake.abort(),
    take: async (milliseconds: number): Promise<void> => {
      const signal = AbortSignal.any([stopping, awake.signal]);
      await pause(milliseconds, undefined, { signal }).catch(() => undefined);
      awake = new AbortController();
    },
  };
}

/** A full batch is followed by the next as soon as there is room, but not for each single job. */
async function poll(log: Log, { take, roomIsThere, rest }: PollSteps, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    let isMore = false;
    try {
      isMore = await take();
    } catch (error) {
      log.error({ err: error }, 'the queue could not be asked for work');
    }
    await rest(isMore);
    await roomIsThere();
  }
}

/** Completes what ends within a moment in one statement. */
function createCompletion({ boss, queue }: WorkerDeps): (job: Job) => Promise<void> {
  let batch: { readonly jobs: Job[]; readonly told: Promise<void> } | undefined;
  const tell = async (jobs: Job[]): Promise<void> => {
    await pause(gatherMilliseconds);
    batch = undefined;
    // With their attempts, so that a job which meanwhile was given to another process stays untouched.
    await boss.complete(queue, jobs);
  };
  return function completeSoon(job) {
    if (batch === undefined) {
      const jobs: Job[] = [];
      batch = { jobs, told: tell(jobs) };
    }
    batch.jobs.push(job);
    return batch.told;
  };
}

/** Never rejects: a job that could not be settled comes back when its heartbeats stop. */
async function settle(
  { boss, queue, handler, log }: WorkerDeps,
  complete: (job: Job) => Promise<void>,
  job: Job,
): Promise<void> {
  try {
    const failure = await run(handler, log, job);
    if (failure) await boss.fail(queue, job);
    else await complete(job);
  } catch (error) {
    log.error({ err: error, queueJobId: job.id }, 'a finished piece of work could not be settled');
  }
}

async function run(handler: WorkerDeps['handler'], log: Log, job: Job): Promise<boolean> {
  try {
    await handler(job.data);
    return false;
  } catch (error) {
    log.error(
      { err: error, queueJobId: job.id, data: job.data },
      'something due could not be worked on; it is tried again',
    );
    return true;
  }
}

async function sendHeartbeats({ boss, queue, log }: WorkerDeps, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await boss.touch(queue, [...jobs]).catch((error: unknown) => {
    log.warn({ err: error }, 'the queue could not be told that work goes on');
  });
}

async function giveBack({ boss, queue, log }: WorkerDeps, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  log.warn(
    { jobs: jobs.length },
    'work was still running at the end of the grace time; it goes back to the queue',
  );
  await boss.fail(queue, [...jobs]).catch((error: unknown) => {
    log.error({ err: error }, 'work could not be given back to the queue');
  });
}
