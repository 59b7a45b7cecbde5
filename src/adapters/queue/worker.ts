/** Answers for running what is due: up to 50 exports at a time, each settled as soon as it ends. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Log } from '../../ports/runtime.ts';
import { beatMilliseconds, queueName } from './boss.ts';

export interface WorkerDeps {
  readonly boss: Pick<PgBoss, 'fetch' | 'complete' | 'fail' | 'touch'>;
  readonly log: Log;
  /** A rejection is logged here, and the export is tried again later. */
  readonly handler: (exportId: string) => Promise<void>;
}

export interface Worker {
  /** Takes nothing new, waits for what runs, and after `graceMilliseconds` gives the rest back to the queue. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
}

const most = 50;
const pollMilliseconds = 500;

const payloadSchema = z.object({ exportId: z.string() });

/** pg-boss's own worker settles a batch when its slowest job ends, so that one slow export would hold back 49. */
export function startWorker(deps: WorkerDeps): Worker {
  const running = new Map<Job, Promise<void>>();
  const stopping = new AbortController();
  const take = async (): Promise<boolean> => {
    const room = most - running.size;
    if (room === 0) return false;
    const jobs = await deps.boss.fetch<object>(queueName, { batchSize: room });
    for (const job of jobs) {
      running.set(
        job,
        settle(deps, job).finally(() => running.delete(job)),
      );
    }
    return jobs.length === room;
  };
  const polling = poll(deps.log, take, stopping.signal);
  const beating = setInterval(() => void beat(deps, [...running.keys()]), beatMilliseconds);
  const stop = async (graceMilliseconds: number): Promise<void> => {
    stopping.abort();
    await polling;
    const patience = new AbortController();
    const outOfPatience = pause(graceMilliseconds, undefined, { signal: patience.signal }).catch(
      () => undefined,
    );
    await Promise.race([Promise.all(running.values()), outOfPatience]);
    patience.abort();
    clearInterval(beating);
    await giveBack(deps, [...running.keys()]);
  };
  return { stop };
}

/** A fetch that came back full is followed by the next one at once. */
async function poll(log: Log, take: () => Promise<boolean>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      if (await take()) continue;
    } catch (error) {
      log.error({ err: error }, 'the queue could not be asked for work');
    }
    await pause(pollMilliseconds, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Never rejects: a job that could not be settled comes back when its beats stop. */
async function settle({ boss, handler, log }: WorkerDeps, job: Job): Promise<void> {
  try {
    const failure = await run(handler, log, job);
    // With its attempt, so that a job which meanwhile was given to another process stays untouched.
    if (failure) await boss.fail(queueName, job);
    else await boss.complete(queueName, job);
  } catch (error) {
    log.error({ err: error, queueJobId: job.id }, 'a finished piece of work could not be settled');
  }
}

async function run(handler: WorkerDeps['handler'], log: Log, job: Job): Promise<boolean> {
  try {
    await handler(payloadSchema.parse(job.data).exportId);
    return false;
  } catch (error) {
    log.error(
      { err: error, queueJobId: job.id, data: job.data },
      'an export could not be worked on; it is tried again',
    );
    return true;
  }
}

async function beat({ boss, log }: WorkerDeps, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await boss.touch(queueName, [...jobs]).catch((error: unknown) => {
    log.warn({ err: error }, 'the queue could not be told that work goes on');
  });
}

async function giveBack({ boss, log }: WorkerDeps, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  log.warn(
    { jobs: jobs.length },
    'work was still running at the end of the grace time; it goes back to the queue',
  );
  await boss.fail(queueName, [...jobs]).catch((error: unknown) => {
    log.error({ err: error }, 'work could not be given back to the queue');
  });
}
