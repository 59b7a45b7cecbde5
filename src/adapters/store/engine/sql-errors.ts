/** Tells PostgreSQL's errors apart by their SQLSTATE (appendix A of its manual), and remembers a full disk. */
import type { LogEvent } from 'kysely';

export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505';

/** A serialisation failure or a deadlock: the same transaction may succeed at the next try. */
export const isWorthRetrying = (error: unknown): boolean =>
  codeOf(error) === '40001' || codeOf(error) === '40P01';

/** The login lacks the right. */
export const isForbidden = (error: unknown): boolean => codeOf(error) === '42501';

/** The disk is full, or the server's memory. */
const isDiskFull = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === '53100' || code === '53200';
};

/** Milliseconds. A write that succeeds meanwhile proves little: it may fit into a page where no file could grow. */
const rememberedFor = 30_000;

export interface DiskSpaceWatch {
  /** Kysely's `log`. */
  readonly observe: (event: LogEvent) => void;
  /** Of a statement that Kysely's log does not tell of. */
  readonly noteFailure: (error: unknown) => void;
  readonly isFull: () => boolean;
}

/**
 * Remembers for a while that a write found the disk full, for health checks, which write nothing.
 * @param now milliseconds of a clock that is never set back
 */
export function createDiskSpaceWatch(now: () => number = () => performance.now()): DiskSpaceWatch {
  let refusedAt = Number.NEGATIVE_INFINITY;
  const noteFailure = (error: unknown): void => {
    if (isDiskFull(error)) refusedAt = now();
  };
  return {
    observe: (event) => {
      if (event.level === 'error') noteFailure(event.error);
    },
    noteFailure,
    isFull: () => now() - refusedAt < rememberedFor,
  };
}
