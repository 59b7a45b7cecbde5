/** Calls why an export failed by words that fit any source. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `UPDATE exports SET state = jsonb_set(state, '{reason}', '"notValid"') WHERE state->>'reason' = 'notAValidView'`,
  `UPDATE exports SET state = jsonb_set(state, '{reason}', '"placeNotFound"')
    WHERE state->>'reason' = 'organizationNotFound'`,
];

export const reasonsOfAnySource = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
