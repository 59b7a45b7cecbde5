/** Adds the language that a person used Teams in, for what is sent to them later. */
import { sql, type Kysely } from 'kysely';

export const languagesOfPeople = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const table of ['exports', 'own_files', 'save_offers', 'sign_in_requests'])
      await sql`ALTER TABLE ${sql.table(table)} ADD COLUMN locale text`.execute(db);
  },
};
