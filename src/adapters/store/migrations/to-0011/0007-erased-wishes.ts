/** Adds the table that keeps the daily limit when somebody has their data deleted. */
import { sql, type Kysely } from 'kysely';

export const erasedWishes = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`CREATE TABLE erased_wishes (
      person_mark text NOT NULL, what text NOT NULL, asked_at timestamptz NOT NULL
    )`.execute(db);
    await sql`CREATE INDEX erased_wishes_of_person ON erased_wishes (person_mark)`.execute(db);
  },
};
