/** Adds the names that people give to what they export. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE target_names (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    source text NOT NULL, target_key text NOT NULL,
    key_id text NOT NULL, sealed bytea NOT NULL,
    given_at timestamptz NOT NULL
  )`,
  `CREATE INDEX target_names_of_person ON target_names (tenant_id, user_id)`,
  `CREATE INDEX target_names_by_age ON target_names (given_at)`,
];

export const namesOfTargets = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
