/** Answers for whether the database has lately had no room for what was written: a question that changes nothing cannot tell. */
import type { LogEvent } from 'kysely';
import { hasNoRoom } from './sql-state.ts';

/** Milliseconds. After that nobody knows any more, and the next write shows it. */
const rememberedFor = 30_000;

export interface RoomWatch {
  /** Kysely's `log`: hears of each statement how it ended. */
  readonly heed: (event: LogEvent) => void;
  /** True from the first write that found no room until one has been taken again, or nothing was heard for 30 s. */
  readonly isFull: () => boolean;
}

/** @param now milliseconds of a clock that is never set back */
export function createRoomWatch(now: () => number = () => performance.now()): RoomWatch {
  let refusedAt: number | undefined;
  return {
    heed: (event) => {
      if (event.level === 'error') {
        if (hasNoRoom(event.error)) refusedAt = now();
      } else if (event.query.query.kind === 'InsertQueryNode') refusedAt = undefined;
    },
    isFull: () => refusedAt !== undefined && now() - refusedAt < rememberedFor,
  };
}
