/** Keeps beside an export what says how long after a look at Graph the next one is due. */
import { sql, type Kysely } from 'kysely';

export const pacesOfLooks = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    // Empty until an export is next saved: until then a look is claimed and settled as before.
    await sql`ALTER TABLE exports ADD COLUMN followed_since timestamptz,
      ADD COLUMN look_every double precision`.execute(db);
  },
};
