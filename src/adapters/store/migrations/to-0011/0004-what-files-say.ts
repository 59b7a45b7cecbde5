/** Adds what files say, files that people send, and files saved to OneDrive. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE own_files (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL, user_name text NOT NULL, channel_user_id text NOT NULL,
    conversation_tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    name text NOT NULL, kind text, size integer, received_at timestamptz NOT NULL,
    state jsonb NOT NULL, kept_until timestamptz, version integer NOT NULL,
    key_id text, sealed bytea,
    activity_id text, shown_version integer NOT NULL DEFAULT 0,
    claimed_by text, claimed_until timestamptz,
    CHECK ((key_id IS NULL) = (sealed IS NULL)),
    FOREIGN KEY (conversation_tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX own_files_of_person ON own_files (tenant_id, user_id, received_at DESC)`,
  `CREATE INDEX own_files_of_conversation ON own_files (conversation_tenant_id, base_id)`,
  `CREATE INDEX own_files_by_age ON own_files (received_at)`,
  `CREATE TABLE own_file_parts (
    id text PRIMARY KEY,
    file_id text NOT NULL REFERENCES own_files ON DELETE CASCADE, position integer NOT NULL,
    tenant_id text NOT NULL, user_id text NOT NULL, key_id text NOT NULL, sealed bytea NOT NULL,
    UNIQUE (file_id, position)
  )`,
  `CREATE TABLE readings (
    id text PRIMARY KEY,
    export_id text REFERENCES exports ON DELETE CASCADE,
    own_file_id text REFERENCES own_files ON DELETE CASCADE,
    tenant_id text NOT NULL, user_id text NOT NULL, key_id text NOT NULL, sealed bytea NOT NULL,
    CHECK ((export_id IS NULL) <> (own_file_id IS NULL))
  )`,
  `CREATE INDEX readings_of_export ON readings (export_id)`,
  `CREATE INDEX readings_of_own_file ON readings (own_file_id)`,
  `CREATE INDEX readings_of_person ON readings (tenant_id, user_id)`,
  `CREATE TABLE snapshots (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL, series text NOT NULL, source text NOT NULL,
    as_of timestamptz NOT NULL, key_id text NOT NULL, sealed bytea NOT NULL,
    UNIQUE (tenant_id, user_id, series, source)
  )`,
  `CREATE INDEX snapshots_by_age ON snapshots (as_of)`,
  `CREATE TABLE file_work_claims (
    work text PRIMARY KEY, claimed_by text, claimed_until timestamptz, claims_kept integer NOT NULL
  )`,
  `CREATE TABLE save_offers (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL, user_name text NOT NULL, channel_user_id text NOT NULL,
    conversation_tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    source_kind text NOT NULL, source_id text NOT NULL, format text NOT NULL,
    offered_at timestamptz NOT NULL DEFAULT now(), settled boolean NOT NULL DEFAULT false,
    key_id text, sealed bytea,
    FOREIGN KEY (conversation_tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX save_offers_of_person ON save_offers (tenant_id, user_id)`,
  `CREATE INDEX save_offers_by_age ON save_offers (offered_at)`,
  `ALTER TABLE download_links ALTER COLUMN export_id DROP NOT NULL,
    ADD COLUMN own_file_id text REFERENCES own_files ON DELETE CASCADE,
    ADD CHECK ((export_id IS NULL) <> (own_file_id IS NULL))`,
  `CREATE INDEX download_links_of_own_file ON download_links (own_file_id)`,
  // Of the newest finished runs: how long they took.
  `CREATE INDEX exports_finished ON exports (tenant_id, organization_id, since DESC) WHERE status = 'ready'`,
];

export const whatFilesSay = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
