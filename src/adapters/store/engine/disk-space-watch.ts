/** Remembers for a while that a write found the disk full, for health checks, which write nothing. */
import type { LogEvent } from 'kysely';
import { isDiskFull } from '../rows/sql-state.ts';

/** Milliseconds. A write that succeeds meanwhile proves little: it may fit into a page where no file could grow. */
const rememberedFor = 30_000;

export interface DiskSpaceWatch {
  /** Kysely's `log`. */
  readonly observe: (event: LogEvent) => void;
  readonly isFull: () => boolean;
}

/** @param now milliseconds of a clock that is never set back */
export function createDiskSpaceWatch(now: () => number = () => performance.now()): DiskSpaceWatch {
  let refusedAt = Number.NEGATIVE_INFINITY;
  return {
    observe: (event) => {
      if (event.level === 'error' && isDiskFull(event.error)) refusedAt = now();
    },
    isFull: () => now() - refusedAt < rememberedFor,
  };
}
