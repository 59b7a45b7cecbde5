/** Lets one process at a time work on an export, and puts one that may be what kills processes into quarantine. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../ports/export-jobs.ts';
import type { Chance, Log, Stores } from '../../ports/runtime.ts';
import { withHeartbeat } from '../../blocks/heartbeat.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import { createSemaphore } from '../../blocks/semaphore.ts';
import { warmUpAfter } from '../../blocks/warm-up.ts';

export interface HoldExportDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Log;
  /** Seconds for which the process has been at work. */
  readonly processAge: () => number;
}

type Claimed = NonNullable<Awaited<ReturnType<ExportJobs['claim']>>>;

interface Held {
  readonly job: ExportJob;
  /** A poison message: it has ended too many processes, or broken off too often, to be tried again. */
  readonly isPoison: boolean;
}

/** `elsewhere`: somebody else works on it. `later`: it may be what kills processes, and it is not its turn yet. */
export type HoldExport = (
  exportId: string,
  work: (held: Held) => Promise<void>,
) => Promise<'done' | 'elsewhere' | 'later'>;

/** With the queue's own beats this brings a killed process's exports back within 30 s. */
const claimSeconds = 15;
const heartbeatSeconds = 5;
/** Whoever waits takes up room in the queue's worker. */
const maxWaiting = 20;

/** Rejects with what the work rejects with; that counts like a crash, but the export may be taken again at once. */
export function createHoldExport(deps: HoldExportDeps): HoldExport {
  const { exports } = deps.stores;
  const { processAge } = deps;
  const semaphores = {
    amongFew: createSemaphore({ max: () => 5 }),
    alone: createSemaphore({ max: () => 1 }),
  };
  return async function holdExport(exportId, work) {
    processAge();
    const holder = deps.chance.newId();
    const claim = () => exports.claim(exportId, holder, claimSeconds);
    const workOn = async (claimed: Claimed | undefined): Promise<'done' | 'elsewhere'> => {
      if (claimed === undefined) return 'elsewhere';
      const held = { job: claimed.job, isPoison: quarantineFor(claimed.crashes) === 'notAtAll' };
      await keeping(deps, exportId, holder, () => work(held));
      return 'done';
    };
    const claimed = await claim();
    const quarantine = quarantineFor(claimed?.crashes ?? 0);
    if (claimed === undefined || quarantine === 'none' || quarantine === 'notAtAll') return workOn(claimed);
    const isTime = processAge() >= warmUpFor(claimed.crashes);
    const semaphore = semaphores[quarantine];
    if (isTime && semaphore.isFree()) return semaphore.run(() => workOn(claimed));
    // Released while it waits: a death now must not be blamed on it.
    await exports.releaseClaim(exportId, holder, 'untouched');
    if (!isTime || semaphore.waiting() >= maxWaiting) return 'later';
    return semaphore.run(async () => workOn(await claim()));
  };
}

async function keeping(
  { stores: { exports }, log }: HoldExportDeps,
  exportId: string,
  holder: string,
  work: () => Promise<void>,
): Promise<void> {
  const heartbeat = {
    everySeconds: heartbeatSeconds,
    extend: () => exports.extendClaim(exportId, holder, claimSeconds),
    onLost: (err: unknown) => log.warn({ exportId, err }, 'the claim of an export could not be extended'),
  };
  try {
    await withHeartbeat(heartbeat, work);
  } catch (error) {
    // When the database is away, the claim runs out by itself.
    await exports.releaseClaim(exportId, holder, 'broken').catch(() => undefined);
    throw error;
  }
  // A short outage now must not look like a crash later.
  await retryWrite(() => exports.releaseClaim(exportId, holder));
}

/**
 * Five deaths make an export a poison message. One that was merely at work beside it is blamed for three at most: after two
 * it works among a few, and then alone.
 */
type Quarantine = 'none' | 'amongFew' | 'alone' | 'notAtAll';

const amongFewFrom = 2;
const aloneFrom = 3;
const notAtAllFrom = 5;

/** @param crashes how many processes in a row died with it in hand */
export function quarantineFor(crashes: number): Quarantine {
  if (crashes < amongFewFrom) return 'none';
  if (crashes < aloneFrom) return 'amongFew';
  return crashes < notAtAllFrom ? 'alone' : 'notAtAll';
}

/**
 * Seconds that a process must have worked before it takes such an export. A dead process's work comes back after 15 s anyway,
 * so that a single death delays nothing.
 */
export const warmUpFor = (crashes: number): number =>
  quarantineFor(crashes) === 'none' || quarantineFor(crashes) === 'notAtAll' ? 0 : warmUpAfter(crashes - 1);
