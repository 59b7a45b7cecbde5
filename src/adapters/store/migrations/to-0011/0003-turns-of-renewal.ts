/** Lets one instance at a time renew a person's tokens. */
import { sql, type Kysely } from 'kysely';

export const turnsOfRenewal = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE token_partitions ADD COLUMN turn_of text, ADD COLUMN turn_until timestamptz`.execute(
      db,
    );
  },
};
