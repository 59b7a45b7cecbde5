/** Lets one process at a time work on something, and puts what may be killing processes into quarantine. */
import type { Chance, Log } from '../../ports/runtime.ts';
import type { WorkClaims } from '../../ports/work-claims.ts';
import { withHeartbeat } from '../../blocks/heartbeat.ts';
import { isOutOfRoom } from '../../blocks/out-of-room.ts';
import { retryWrite } from '../../blocks/retry-write.ts';
import { createSemaphore } from '../../blocks/semaphore.ts';
import { warmUpAfter } from '../../blocks/warm-up.ts';

/**
 * After how many deaths something is held among a few, alone, and not at all: a poison message. One that was merely at work
 * beside it is blamed less often, because it works apart before it is given up.
 */
export interface Tolerance {
  readonly amongFewFrom: number;
  readonly aloneFrom: number;
  readonly notAtAllFrom: number;
  /** Whoever waits takes up room in the queue's worker. */
  readonly maxWaiting: number;
}

/** @typeParam W names a piece of work; F is what is found with it */
export interface HoldWorkDeps<W, F> {
  readonly claims: WorkClaims<W, F>;
  readonly tolerance: Tolerance;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Pick<Log, 'warn'>;
  /** Seconds for which the process has been at work. */
  readonly processAge: () => number;
}

type Claimed<F> = F & { readonly crashes: number };

type Held<F> = Claimed<F> & {
  /** It has ended too many processes, or broken off too often, to be tried again. */
  readonly isPoison: boolean;
  readonly holder: string;
  /** The claim has been extended, or is about to be. */
  readonly isExtended: () => boolean;
};

/** `givenBack`: the last write of the work has ended the claim. */
type Worked = 'givenBack' | undefined;

/** What the queue has claimed already. */
interface Taken<F> {
  readonly holder: string;
  readonly heldAfterSeconds?: number;
  readonly found: () => Claimed<F>;
}

/** `elsewhere`: somebody else works on it. `later`: it may be what kills processes, and it is not its turn yet. */
export type HoldWork<W, F> = (
  work: W,
  run: (held: Held<F>) => Promise<Worked>,
  taken?: Taken<F>,
) => Promise<'done' | 'elsewhere' | 'later'>;

/** With the queue's own beats this brings a killed process's work back within 30 s. */
const claimSeconds = 15;
const heartbeatSeconds = 5;

/** Rejects with what `run` rejects with; that counts like a crash unless a disk is full, but the work may be taken again at once. */
export function createHoldWork<W, F>(deps: HoldWorkDeps<W, F>): HoldWork<W, F> {
  const { claims, tolerance, processAge } = deps;
  const semaphores = {
    amongFew: createSemaphore({ max: () => 5 }),
    alone: createSemaphore({ max: () => 1 }),
  };
  return async function holdWork(work, run, taken) {
    processAge();
    const holder = taken?.holder ?? deps.chance.newId();
    const claim = () => claims.claim(work, holder, claimSeconds);
    const runHeld = async (claimed: Claimed<F> | undefined): Promise<'done' | 'elsewhere'> => {
      if (claimed === undefined) return 'elsewhere';
      const isPoison = quarantineFor(tolerance, claimed.crashes) === 'notAtAll';
      const firstAfterSeconds = taken?.heldAfterSeconds ?? heartbeatSeconds;
      await keeping(deps, { work, holder, firstAfterSeconds }, (isExtended) =>
        run({ ...claimed, isPoison, holder, isExtended }),
      );
      return 'done';
    };
    const claimed = taken === undefined ? await claim() : taken.found();
    const quarantine = quarantineFor(tolerance, claimed?.crashes ?? 0);
    if (claimed === undefined || quarantine === 'none' || quarantine === 'notAtAll') return runHeld(claimed);
    const isTime = processAge() >= warmUpFor(tolerance, claimed.crashes);
    const semaphore = semaphores[quarantine];
    if (isTime && semaphore.isFree()) return semaphore.run(() => runHeld(claimed));
    // Released while it waits: a death now must not be blamed on it.
    await claims.releaseClaim(work, holder, 'untouched');
    if (!isTime || semaphore.waiting() >= tolerance.maxWaiting) return 'later';
    return semaphore.run(async () => runHeld(await claim()));
  };
}

interface Keeping<W> {
  readonly work: W;
  readonly holder: string;
  readonly firstAfterSeconds: number;
}

async function keeping<W, F>(
  { claims, log }: HoldWorkDeps<W, F>,
  { work, holder, firstAfterSeconds }: Keeping<W>,
  run: (isExtended: () => boolean) => Promise<Worked>,
): Promise<void> {
  let worked: Worked;
  let isExtended = false;
  const heartbeat = {
    everySeconds: heartbeatSeconds,
    firstAfterSeconds,
    // What goes on when a claim is lost does no harm when it is done twice.
    extend: () => {
      isExtended = true;
      return claims.extendClaim(work, holder, claimSeconds);
    },
    onLost: (err: unknown) => log.warn({ work, err }, 'the claim of work could not be extended'),
  };
  try {
    worked = await withHeartbeat(heartbeat, () => run(() => isExtended));
  } catch (error) {
    // A full disk is not the work's fault. When the database is away, the claim runs out by itself.
    const outcome = isOutOfRoom(error) ? 'untouched' : 'broken';
    await claims.releaseClaim(work, holder, outcome).catch(() => undefined);
    throw error;
  }
  // A short outage now must not look like a crash later.
  if (worked !== 'givenBack') await retryWrite(() => claims.releaseClaim(work, holder));
}

type Quarantine = 'none' | 'amongFew' | 'alone' | 'notAtAll';

/** @param crashes how many processes in a row died with it in hand */
export function quarantineFor(tolerance: Tolerance, crashes: number): Quarantine {
  if (crashes >= tolerance.notAtAllFrom) return 'notAtAll';
  if (crashes >= tolerance.aloneFrom) return 'alone';
  return crashes >= tolerance.amongFewFrom ? 'amongFew' : 'none';
}

/**
 * Seconds that a process must have worked before it takes such work. A dead process's work comes back after 15 s anyway, so that
 * what is tolerated delays nothing.
 */
export function warmUpFor(tolerance: Tolerance, crashes: number): number {
  const quarantine = quarantineFor(tolerance, crashes);
  return quarantine === 'none' || quarantine === 'notAtAll'
    ? 0
    : warmUpAfter(crashes - tolerance.amongFewFrom + 1);
}
