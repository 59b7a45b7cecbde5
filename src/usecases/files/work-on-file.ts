/** Does the work on one file, in one process at a time, and gives up what has killed processes too often. */
import type { FileWork } from '../../ports/readings.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { createHoldWork, type HoldWorkDeps, type Tolerance } from '../machine/hold-work.ts';

/** What can be done for one kind of work. `run` sees to its own retries; a rejection is retried by the queue. */
export interface FileWorker {
  readonly run: (id: string) => Promise<void>;
  readonly crashed: (id: string) => Promise<void>;
}

export interface WorkOnFileDeps extends Omit<HoldWorkDeps<FileWork, unknown>, 'claims' | 'tolerance'> {
  readonly stores: Pick<Stores, 'fileWork'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly workers: Readonly<Record<FileWork['kind'], FileWorker>>;
}

export type WorkOnFile = (work: FileWork) => Promise<void>;

/** Given up sooner than an export: reading can be asked for again. Whoever waited would fill the small worker of files. */
const tolerance: Tolerance = { amongFewFrom: 1, aloneFrom: 2, notAtAllFrom: 3, maxWaiting: 0 };
const secondsUntilClaimedAgain = 5;

export function createWorkOnFile(deps: WorkOnFileDeps): WorkOnFile {
  const { stores, transact, clock, workers, log } = deps;
  const holdWork = createHoldWork({ ...deps, claims: stores.fileWork, tolerance });
  return async function workOnFile(work) {
    const outcome = await holdWork(work, async ({ isPoison, crashes }) => {
      const worker = workers[work.kind];
      if (isPoison) {
        log.error({ ...work, crashes }, 'work on a file broke off too often; it is given up');
        await worker.crashed(work.id);
      } else await worker.run(work.id);
      return undefined;
    });
    if (outcome === 'done') return;
    const at = new Date(clock.now().getTime() + secondsUntilClaimedAgain * 1000);
    await transact(({ queue }) => queue.scheduleFileWork(work, at));
  };
}
