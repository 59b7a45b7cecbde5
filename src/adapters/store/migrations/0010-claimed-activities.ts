/** Adds, as the tenth migration, who is answering an activity at the moment, so that a dead process's can be answered by another. */
import { sql, type Kysely } from 'kysely';

export const claimedActivities = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE inbound_activities ADD COLUMN claimed_by text,
      ADD COLUMN claimed_until timestamptz`.execute(db);
  },
};
