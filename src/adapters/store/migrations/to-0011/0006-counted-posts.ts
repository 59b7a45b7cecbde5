/** Counts how often a card was posted without knowing whether it arrived, and posted afresh. */
import { sql, type Kysely } from 'kysely';

export const countedPosts = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE cards ADD COLUMN unknown_posts integer NOT NULL DEFAULT 0,
      ADD COLUMN fresh_posts integer NOT NULL DEFAULT 0`.execute(db);
  },
};
