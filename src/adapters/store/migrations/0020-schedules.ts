/** Adds what people have exported again and again; an export of a schedule does not count among those asked for. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE schedules (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    conversation_tenant_id text NOT NULL, conversation_id text NOT NULL, base_id text NOT NULL,
    conversation_kind text NOT NULL, service_url text NOT NULL, bot_channel_id text NOT NULL,
    audience text NOT NULL, source text NOT NULL, target_key text NOT NULL,
    state text NOT NULL, why text, since timestamptz, next_at timestamptz, until timestamptz NOT NULL,
    run jsonb, failures integer NOT NULL, made_at timestamptz NOT NULL,
    told text[] NOT NULL DEFAULT '{}',
    key_id text NOT NULL, sealed bytea NOT NULL
  )`,
  `CREATE INDEX schedules_of_person ON schedules (tenant_id, user_id)`,
  `CREATE INDEX schedules_of_conversation ON schedules (conversation_tenant_id, base_id)`,
  `CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL`,
  `CREATE INDEX schedules_ended ON schedules (since) WHERE state = 'ended'`,
  `ALTER TABLE exports ADD COLUMN is_scheduled boolean NOT NULL DEFAULT false`,
];

export const schedules = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
