/** Deletes old data: exports after the days of retention, what is short-lived a day after its end. */
import { sql, type Kysely } from 'kysely';
import { forgottenAfter } from './conversations/inbound.ts';
import type { Tables } from './rows/table-types.ts';

/** Kept a day longer, to say "used" or "expired" instead of "unknown". */
const goneBy = sql<Date>`now() - interval '1 day'`;

export type PurgeExpired = (now: Date) => Promise<void>;

/** @param retentionDays of exports with all that refers to them, people's own files, and unused tokens */
export function createPurgeExpired(db: Kysely<Tables>, retentionDays: number): PurgeExpired {
  return async function purgeExpired(now) {
    const oldest = new Date(now.getTime() - retentionDays * 24 * 3600 * 1000);
    await db.deleteFrom('exports').where('is_open', '=', false).where('since', '<', oldest).execute();
    // Each use renews them.
    await db.deleteFrom('token_partitions').where('updated_at', '<', oldest).execute();
    const dayAgo = new Date(now.getTime() - 24 * 3600 * 1000);
    await db.deleteFrom('erased_wishes').where('asked_at', '<', dayAgo).execute();
    await db.deleteFrom('inbound_activities').where('seen_at', '<', forgottenAfter).execute();
    await db.deleteFrom('instances').where('seen_at', '<', goneBy).execute();
    await db.deleteFrom('sign_in_attempts').where('expires_at', '<', goneBy).execute();
    await db.deleteFrom('sign_in_nonces').where('expires_at', '<', goneBy).execute();
    // A prompt in a conversation lasts as long as something waits for it; a question on a card, one day.
    await db
      .deleteFrom('sign_in_requests')
      .where('on_card', '=', true)
      .where('asked_at', '<', goneBy)
      .execute();
    await db.deleteFrom('sso_exchanges').where('expires_at', '<', goneBy).execute();
    await purgeFiles(db, now, oldest);
    await db.deleteFrom('download_links').where('expires_at', '<', goneBy).execute();
  };
}

/** The bytes of people's own files go first. */
async function purgeFiles(db: Kysely<Tables>, now: Date, oldest: Date): Promise<void> {
  const over = db.selectFrom('own_files').select('id').where('kept_until', '<', now);
  await db.deleteFrom('own_file_parts').where('file_id', 'in', over).execute();
  await db.updateTable('own_files').set({ kept_until: null }).where('kept_until', '<', now).execute();
  await db.deleteFrom('own_files').where('received_at', '<', oldest).execute();
  await db.deleteFrom('snapshots').where('as_of', '<', oldest).execute();
  await db.deleteFrom('save_offers').where('offered_at', '<', goneBy).execute();
  await db.deleteFrom('file_work_claims').where('claimed_until', '<', goneBy).execute();
}
