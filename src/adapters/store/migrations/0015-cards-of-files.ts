/** Keeps the cards of people's own files among the cards of exports, not in the rows of the files. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `ALTER TABLE cards ALTER COLUMN export_id DROP NOT NULL,
    ADD COLUMN own_file_id text REFERENCES own_files ON DELETE CASCADE,
    ADD CHECK ((export_id IS NULL) <> (own_file_id IS NULL))`,
  `CREATE INDEX cards_of_own_file ON cards (own_file_id)`,
  `INSERT INTO cards (id, own_file_id, tenant_id, conversation_id, base_id, activity_id, shown_version, placed_at)
    SELECT id, id, conversation_tenant_id, conversation_id, base_id, activity_id, shown_version, received_at
    FROM own_files ORDER BY received_at`,
  `ALTER TABLE own_files DROP COLUMN activity_id, DROP COLUMN shown_version,
    DROP COLUMN claimed_by, DROP COLUMN claimed_until`,
];

export const cardsOfFiles = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
