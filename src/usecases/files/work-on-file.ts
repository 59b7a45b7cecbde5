/** Lets one process at a time work on a file, and gives up what has killed processes too often. */
import { withHeartbeat } from '../../blocks/heartbeat.ts';
import { warmUpAfter } from '../../blocks/warm-up.ts';
import type { FileWork } from '../../ports/readings.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';

/** What can be done for one kind of work. `run` sees to its own retries; a rejection is retried by the queue. */
export interface FileWorker {
  readonly run: (id: string) => Promise<void>;
  readonly crashed: (id: string) => Promise<void>;
}

export interface WorkOnFileDeps {
  readonly stores: Pick<Stores, 'fileWork'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Log;
  /** Seconds for which the process has been at work. */
  readonly processAge: () => number;
  readonly workers: Readonly<Record<FileWork['kind'], FileWorker>>;
}

export type WorkOnFile = (work: FileWork) => Promise<void>;

const claimSeconds = 15;
const heartbeatSeconds = 5;
const secondsUntilClaimedAgain = 5;
const maxCrashes = 3;

export function createWorkOnFile(deps: WorkOnFileDeps): WorkOnFile {
  return async function workOnFile(work) {
    const { fileWork } = deps.stores;
    const age = deps.processAge();
    const holder = deps.chance.newId();
    const claimed = await fileWork.claim(work, holder, claimSeconds);
    if (claimed === undefined) return lookAgain(deps, work);
    if (claimed.crashes < maxCrashes && age < warmUpAfter(claimed.crashes)) {
      await fileWork.release(work, holder, 'untouched');
      return lookAgain(deps, work);
    }
    const heartbeat = {
      everySeconds: heartbeatSeconds,
      // Work that goes on when one is lost does no harm when it is done twice.
      extend: () => fileWork.extend(work, holder, claimSeconds),
      onLost: (err: unknown) =>
        deps.log.warn({ ...work, err }, 'the claim of work on a file could not be extended'),
    };
    await withHeartbeat(heartbeat, () => runOrGiveUp(deps, work, claimed.crashes));
    await fileWork.release(work, holder);
  };
}

async function runOrGiveUp({ workers, log }: WorkOnFileDeps, work: FileWork, crashes: number): Promise<void> {
  const worker = workers[work.kind];
  if (crashes < maxCrashes) return worker.run(work.id);
  log.error({ ...work, crashes }, 'work on a file broke off too often; it is given up');
  await worker.crashed(work.id);
}

/** Somebody else holds it, or has died while they did. */
const lookAgain = ({ transact, clock }: WorkOnFileDeps, work: FileWork): Promise<void> =>
  transact(async ({ queue }) => {
    const at = new Date(clock.now().getTime() + secondsUntilClaimedAgain * 1000);
    await queue.scheduleFileWork(work, at);
  });
