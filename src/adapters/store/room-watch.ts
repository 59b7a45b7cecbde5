/** Answers for whether the database has lately had no room for what was written: a question that changes nothing cannot tell. */
import { InsertQueryNode, TableNode, UpdateQueryNode, type LogEvent, type RootOperationNode } from 'kysely';
import { hasNoRoom } from './sql-state.ts';

/** Milliseconds. After that nobody knows any more, and the next write shows it. */
const rememberedFor = 30_000;

export interface RoomWatch {
  /** Kysely's `log`: hears of each statement how it ended. */
  readonly heed: (event: LogEvent) => void;
  /**
   * True while a table is known that had no room: from the write that was refused until a row has been added to
   * that same table, since others may still have room in pages of their own; or nothing was heard of it for 30 s.
   */
  readonly isFull: () => boolean;
}

/** @param now milliseconds of a clock that is never set back */
export function createRoomWatch(now: () => number = () => performance.now()): RoomWatch {
  const refusedAt = new Map<string | undefined, number>();
  return {
    heed: (event) => {
      const { query } = event.query;
      if (event.level === 'error') {
        if (hasNoRoom(event.error)) refusedAt.set(tableOf(query), now());
      } else if (refusedAt.size > 0 && InsertQueryNode.is(query)) refusedAt.delete(tableOf(query));
    },
    isFull: () => [...refusedAt.values()].some((at) => now() - at < rememberedFor),
  };
}

/** Undefined for what is not built of Kysely's own parts. */
function tableOf(query: RootOperationNode): string | undefined {
  const table = InsertQueryNode.is(query) ? query.into : UpdateQueryNode.is(query) ? query.table : undefined;
  return table !== undefined && TableNode.is(table) ? table.table.identifier.name : undefined;
}
