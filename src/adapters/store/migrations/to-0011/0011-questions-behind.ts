/** Adds whether the message of a sign-in question asks it as it is now. */
import { sql, type Kysely } from 'kysely';

export const questionsBehind = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE sign_in_requests ADD COLUMN is_behind boolean NOT NULL DEFAULT false`.execute(db);
  },
};
