/** Creates every table of the first release. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE exports (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL, user_name text NOT NULL, channel_user_id text NOT NULL,
    organization_id text NOT NULL, view_id text NOT NULL,
    requested_at timestamptz NOT NULL, since timestamptz NOT NULL,
    status text NOT NULL, is_open boolean NOT NULL, state jsonb NOT NULL,
    due_at timestamptz, due_step text, contact jsonb NOT NULL, joined boolean NOT NULL,
    past_runs jsonb NOT NULL, version integer NOT NULL,
    claimed_by text, claimed_until timestamptz, claims_kept integer NOT NULL DEFAULT 0,
    CHECK ((due_at IS NULL) = (due_step IS NULL))
  )`,
  `CREATE UNIQUE INDEX exports_one_open ON exports (tenant_id, user_id, organization_id, view_id) WHERE is_open`,
  `CREATE INDEX exports_of_person ON exports (tenant_id, user_id, requested_at DESC)`,
  `CREATE INDEX exports_waiting ON exports (tenant_id, user_id) WHERE status IN ('waitingForSignIn', 'ready')`,
  `CREATE INDEX exports_due ON exports (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX exports_settled ON exports (since) WHERE NOT is_open`,
  `CREATE TABLE conversations (
    tenant_id text NOT NULL, base_id text NOT NULL, kind text NOT NULL,
    service_url text NOT NULL, bot_channel_id text NOT NULL,
    blocked boolean NOT NULL DEFAULT false, welcomed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, base_id)
  )`,
  `CREATE TABLE cards (
    id text PRIMARY KEY,
    position integer GENERATED ALWAYS AS IDENTITY,
    export_id text NOT NULL REFERENCES exports ON DELETE CASCADE,
    tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    activity_id text, shown_version integer NOT NULL DEFAULT 0, mode text NOT NULL DEFAULT 'live',
    claimed_by text, claimed_until timestamptz,
    FOREIGN KEY (tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX cards_of_export ON cards (export_id)`,
  `CREATE INDEX cards_of_conversation ON cards (tenant_id, base_id)`,
  `CREATE TABLE notices (
    export_id text NOT NULL REFERENCES exports ON DELETE CASCADE, key text NOT NULL,
    PRIMARY KEY (export_id, key)
  )`,
  `CREATE TABLE inbound_activities (
    tenant_id text NOT NULL, conversation_id text NOT NULL, activity_id text NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, conversation_id, activity_id)
  )`,
  `CREATE INDEX inbound_activities_by_age ON inbound_activities (seen_at)`,
  `CREATE TABLE sign_in_requests (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL, user_name text NOT NULL, channel_user_id text NOT NULL,
    conversation_tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    cause text NOT NULL, silent boolean NOT NULL, claims text, activity_id text, asked_at timestamptz NOT NULL,
    UNIQUE (tenant_id, user_id, conversation_id),
    FOREIGN KEY (conversation_tenant_id, base_id) REFERENCES conversations ON DELETE CASCADE
  )`,
  `CREATE INDEX sign_in_requests_of_conversation ON sign_in_requests (conversation_tenant_id, base_id)`,
  `CREATE TABLE sign_in_attempts (
    state_hash text PRIMARY KEY, request_id text NOT NULL, sealed_verifier text NOT NULL,
    expires_at timestamptz NOT NULL, used_at timestamptz
  )`,
  `CREATE TABLE sign_in_nonces (
    nonce_hash text PRIMARY KEY, tenant_id text NOT NULL, user_id text NOT NULL, expires_at timestamptz NOT NULL
  )`,
  `CREATE TABLE sso_exchanges (
    tenant_id text NOT NULL, user_id text NOT NULL, exchange_id text NOT NULL,
    holder text NOT NULL, lease_until timestamptz NOT NULL, outcome text, expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id, exchange_id)
  )`,
  `CREATE TABLE download_links (
    token_hash text PRIMARY KEY, tenant_id text NOT NULL, user_id text NOT NULL,
    export_id text NOT NULL REFERENCES exports ON DELETE CASCADE,
    expires_at timestamptz NOT NULL, used_at timestamptz
  )`,
  `CREATE INDEX download_links_of_export ON download_links (export_id)`,
  `CREATE TABLE token_partitions (
    tenant_id text NOT NULL, user_id text NOT NULL, home_account_id text NOT NULL,
    key_id text NOT NULL, sealed text NOT NULL,
    version integer NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_id)
  )`,
];

export const firstTables = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
