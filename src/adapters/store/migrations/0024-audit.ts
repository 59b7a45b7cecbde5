/** Adds the audit trail: entries that nobody changes, each tenant's chain of them, and whose pseudonym is whose. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `CREATE TABLE audit_entries (
    id text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    at timestamptz NOT NULL,
    key_id text NOT NULL, sealed bytea NOT NULL,
    seq integer, hash text
  )`,
  `CREATE UNIQUE INDEX audit_entries_chained ON audit_entries (tenant_id, seq)`,
  `CREATE INDEX audit_entries_pending ON audit_entries (tenant_id, position) WHERE seq IS NULL`,
  `CREATE INDEX audit_entries_of_person ON audit_entries (tenant_id, user_id)`,
  `CREATE TABLE audit_people (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    UNIQUE (tenant_id, user_id)
  )`,
  `CREATE TABLE audit_chains (
    id text PRIMARY KEY,
    tenant_id text NOT NULL, user_id text NOT NULL,
    key_id text NOT NULL, sealed bytea NOT NULL,
    head_seq integer NOT NULL, head_hash text NOT NULL,
    anchor_seq integer NOT NULL, anchor_hash text NOT NULL,
    mac text NOT NULL
  )`,
  // Whoever owns the table can take this away, and the chain tells; it is against mistakes and against lesser rights.
  `CREATE FUNCTION keep_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      IF NEW.id = OLD.id AND NEW.position = OLD.position AND NEW.tenant_id = OLD.tenant_id AND NEW.at = OLD.at
        AND (OLD.seq IS NULL OR (NEW.seq, NEW.hash, NEW.user_id) = (OLD.seq, OLD.hash, OLD.user_id))
      THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' THEN
      IF coalesce(current_setting('okr_export.audit_retention', true), '') = 'on' THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
  END $$`,
  `CREATE TRIGGER keep_audit_entries BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION keep_audit_entries()`,
  `CREATE TRIGGER keep_all_audit_entries BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_entries()`,
];

export const auditTrail = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
