/** Adds the names that people give to everybody in a group or channel. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE shared_names (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    conversation_id text NOT NULL, base_id text NOT NULL,
    activity_id text,
    source text NOT NULL, target_key text NOT NULL,
    key_id text NOT NULL, sealed bytea NOT NULL,
    given_at timestamptz NOT NULL,
    FOREIGN KEY (tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX shared_names_of_conversation ON shared_names (tenant_id, base_id)`,
  `CREATE INDEX shared_names_by_giver ON shared_names (tenant_id, user_id)`,
  `CREATE INDEX shared_names_by_age ON shared_names (given_at)`,
];

export const sharedNames = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
