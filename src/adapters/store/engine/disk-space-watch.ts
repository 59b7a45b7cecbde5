/** Answers for whether the database has lately had no room for what was written: a question that changes nothing cannot tell. */
import type { LogEvent } from 'kysely';
import { hasNoRoom } from '../rows/sql-state.ts';

/**
 * Milliseconds. What is written in between proves little: a page may have room where a file cannot grow, and most writes only
 * change a row.
 */
const rememberedFor = 30_000;

export interface RoomWatch {
  /** Kysely's `log`: hears of each statement how it ended. */
  readonly heed: (event: LogEvent) => void;
  /** True for 30 s after a write that found no room. */
  readonly isFull: () => boolean;
}

/** @param now milliseconds of a clock that is never set back */
export function createRoomWatch(now: () => number = () => performance.now()): RoomWatch {
  let refusedAt = Number.NEGATIVE_INFINITY;
  return {
    heed: (event) => {
      if (event.level === 'error' && hasNoRoom(event.error)) refusedAt = now();
    },
    isFull: () => now() - refusedAt < rememberedFor,
  };
}
