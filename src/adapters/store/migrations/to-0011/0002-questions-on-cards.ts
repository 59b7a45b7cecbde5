/** Marks sign-ins that are asked for in a button's own answer, without a message. */
import { sql, type Kysely } from 'kysely';

export const questionsOnCards = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE sign_in_requests ADD COLUMN on_card boolean NOT NULL DEFAULT false`.execute(db);
  },
};
