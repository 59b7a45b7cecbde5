/** Adds when a card was put where it stands, and which messages about an export's end stand where. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `ALTER TABLE cards ADD COLUMN placed_at timestamptz`,
  `CREATE TABLE standing_notices (
    export_id text NOT NULL REFERENCES exports ON DELETE CASCADE,
    position integer GENERATED ALWAYS AS IDENTITY,
    tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    activity_id text NOT NULL, shown text NOT NULL,
    PRIMARY KEY (export_id, activity_id),
    FOREIGN KEY (tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX standing_notices_of_conversation ON standing_notices (tenant_id, base_id)`,
  // Earlier releases called what was told by other names than that of the state.
  `UPDATE notices SET key = 'stopped' || substr(key, strpos(key, ' ')) WHERE key LIKE 'signInAbandoned %'`,
  `UPDATE notices SET key = 'waitingForSignIn' || substr(key, strpos(key, ' ')) WHERE key LIKE 'signInNeeded %'`,
];

export const standingNotices = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
