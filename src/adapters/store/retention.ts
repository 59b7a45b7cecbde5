/** Answers for what is deleted with time. */
import { sql, type Kysely } from 'kysely';
import { forgottenAfter } from './inbound.ts';
import type { Tables } from './tables.ts';

/** Long enough to say "used" or "expired" instead of "unknown". */
const goneBy = sql<Date>`now() - interval '1 day'`;

export type PurgeExpired = (now: Date) => Promise<void>;

/** Old exports that are not open, with their cards, notices and links, tokens that nobody used, and everything short-lived that is over. */
export const createPurgeExpired =
  (db: Kysely<Tables>, retentionDays: number): PurgeExpired =>
  async (now) => {
    const oldest = new Date(now.getTime() - retentionDays * 24 * 3600 * 1000);
    await db.deleteFrom('exports').where('is_open', '=', false).where('since', '<', oldest).execute();
    // Each use renews them: these are of somebody who has not come back.
    await db.deleteFrom('token_partitions').where('updated_at', '<', oldest).execute();
    await db.deleteFrom('inbound_activities').where('seen_at', '<', forgottenAfter).execute();
    await db.deleteFrom('sign_in_attempts').where('expires_at', '<', goneBy).execute();
    await db.deleteFrom('sign_in_nonces').where('expires_at', '<', goneBy).execute();
    // A prompt in a conversation lasts as long as something waits for it; what was asked on a card, only that day.
    await db
      .deleteFrom('sign_in_requests')
      .where('on_card', '=', true)
      .where('asked_at', '<', goneBy)
      .execute();
    await db.deleteFrom('sso_exchanges').where('expires_at', '<', goneBy).execute();
    await db.deleteFrom('download_links').where('expires_at', '<', goneBy).execute();
  };
