/** Runs work that outlives the turn that started it: tracked, logged when it fails, waited for at the end. */
import { withTimeout } from './blocks/with-timeout.ts';

interface FailureLog {
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** @see the port `Background` */
export function createBackground(log: FailureLog) {
  const running = new Set<Promise<void>>();
  return {
    run(what: string, task: () => Promise<void>): void {
      const work = begun(task).catch((err: unknown) => {
        log.error({ err, what }, 'background work failed; what is queued makes up for it');
      });
      running.add(work);
      void work.then(() => running.delete(work));
    },
    /** Resolves when all work is done, or when the time is up. Work may start more work. */
    async drain(milliseconds: number): Promise<void> {
      const deadline = Date.now() + milliseconds;
      while (running.size > 0 && Date.now() < deadline) {
        // Its timer is referenced: what waits for its turn to be sent does not keep the process alive by itself.
        await withTimeout(deadline - Date.now(), Promise.all(running));
      }
    },
  };
}

/** What throws before its first await counts as work that failed, too. */
async function begun(task: () => Promise<void>): Promise<void> {
  await task();
}
