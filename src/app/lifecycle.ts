/** Starts and stops the parts in order. */
import type { openData } from './data.ts';
import type { Measuring } from './measuring.ts';
import type { Background } from '../ports/runtime.ts';
import type { FileWork } from '../ports/readings.ts';
import type { FollowUp } from '../usecases/exports/follow-up.ts';
import type { RunTask } from '../usecases/run-task.ts';
import { withTimeout } from '../blocks/with-timeout.ts';
import type { WebServer } from '../web/server.ts';

export interface App {
  /** @throws Error when the port is taken */
  readonly start: () => Promise<{ readonly port: number }>;
  /** Its clock was set forward by so many seconds: what waits is due that much earlier. */
  readonly bringForward: (seconds: number) => Promise<void>;
  /** Finishes what runs, up to the grace time, and gives the rest back to the queue. */
  readonly stop: (graceMilliseconds: number) => Promise<void>;
}

export interface Parts extends Pick<
  Awaited<ReturnType<typeof openData>>,
  'database' | 'queue' | 'instances'
> {
  readonly web: WebServer;
  readonly measuring: Measuring;
  readonly closeFiles: () => void;
  readonly background: Background;
  readonly followUp: FollowUp;
  /** Resolves when no first card is on its way any more. */
  readonly endFirstPosts: () => Promise<void>;
  readonly workOnFile: (work: FileWork) => Promise<void>;
  readonly runTask: RunTask;
  /** Soon after the start: whether Entra ID knows them, which their first message need not wait for. */
  readonly meetTenants: (ended: AbortSignal) => Promise<void>;
  /** At the start, and once a minute. */
  readonly wakePaused: () => Promise<void>;
  /** The same. */
  readonly chainAudit: () => Promise<void>;
  /** Once an hour. */
  readonly tidy: () => Promise<void>;
}

const minute = 60_000;
const hour = 3600_000;
/** Milliseconds after the start: whoever has waited for it is answered first. */
const settled = 3_000;
/** Milliseconds. */
const closeTimeout = 5_000;
/** Milliseconds: as long as the connector may take to answer. */
const postTimeout = 10_000;

export function createLifecycle(parts: Parts): App {
  const { web, measuring, queue, instances, background, database } = parts;
  const tidy = (): void => background.run('tidy up', parts.tidy);
  const wakePaused = (): void => background.run('wake what is paused', parts.wakePaused);
  const chainAudit = (): void => background.run('chain the audit trail', parts.chainAudit);
  const meetTenants = (): void => background.run('meet the tenants', () => parts.meetTenants(ending.signal));
  let timers: readonly NodeJS.Timeout[] = [];
  const ending = new AbortController();
  return {
    start: async () => {
      await measuring.start();
      await instances.join();
      const listening = await web.start();
      queue.start(parts.followUp, parts.workOnFile, parts.runTask);
      timers = [
        setInterval(tidy, hour),
        setInterval(wakePaused, minute),
        setInterval(chainAudit, minute),
        setTimeout(meetTenants, settled),
      ];
      tidy();
      chainAudit();
      wakePaused();
      return listening;
    },
    bringForward: (seconds) => queue.bringForward(seconds),
    stop: async (graceMilliseconds) => {
      timers.forEach(clearInterval);
      ending.abort();
      const until = Date.now() + graceMilliseconds;
      const left = (): number => Math.max(0, until - Date.now());
      // What is on its way to Teams and not recorded would be posted again: it is waited for beyond the grace time.
      const posted = parts.endFirstPosts();
      await Promise.all([web.stop(left()), queue.stop(left())]);
      await background.drain(left());
      await withTimeout(postTimeout, posted);
      parts.closeFiles();
      await measuring.stop();
      await instances.leave();
      // One that hangs must not hold up the end: nothing is left to be written.
      await withTimeout(closeTimeout, database.close());
    },
  };
}
