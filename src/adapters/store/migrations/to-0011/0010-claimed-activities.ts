/** Adds who is answering an activity, so that another process can answer a dead one's. */
import { sql, type Kysely } from 'kysely';

export const claimedActivities = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE inbound_activities ADD COLUMN claimed_by text,
      ADD COLUMN claimed_until timestamptz`.execute(db);
  },
};
