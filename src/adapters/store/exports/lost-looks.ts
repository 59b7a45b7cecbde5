/** Brings back at once the looks that an instance was at when it died: their rows are settled as if they had been done. */
import { sql, type Kysely } from 'kysely';
import type { LostInstance } from '../conversations/instances.ts';
import type { Tables } from '../rows/table-types.ts';
import { instanceOfHolder, lookSeconds } from './take-due.ts';

/**
 * Nobody knows which of its last looks had ended: all of them come again, and count one crash each, once for each death however
 * many instances notice it.
 * @param ownId an instance that was not heard of for a while itself loses its looks, but not its place
 */
export async function bringBackLostLooks(
  db: Kysely<Tables>,
  { id, seenAt }: LostInstance,
  ownId: string,
): Promise<void> {
  const its = sql`wake_at IS NOT NULL AND claims_kept = 0 AND ${instanceOfHolder} = ${id}`;
  await sql`WITH mourned AS (DELETE FROM instances WHERE id = ${id} AND id <> ${ownId} RETURNING id)
    UPDATE exports SET wake_at = least(wake_at, now()), woken_by = NULL,
      claimed_by = NULL, claimed_until = NULL, claims_kept = 1
    WHERE (${id}::text = ${ownId}::text OR EXISTS (SELECT FROM mourned)) AND ${its}
      AND claimed_until > greatest(to_timestamp(${seenAt}::float8), (
        SELECT max(claimed_until) - ${lookSeconds}::float8 * interval '1 second' FROM exports WHERE ${its}))`.execute(
    db,
  );
}
