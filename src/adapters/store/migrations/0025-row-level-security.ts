/** Shows each statement the rows of its scope only: `bot.tenant`, `bot.person`, `bot.place`, `bot.subject`, set with the statement. */
import { sql, type Kysely } from 'kysely';

const setting = (name: string): string => `(SELECT coalesce(current_setting('bot.${name}', true), ''))`;

const everything = `${setting('tenant')} = '*'`;
const ofPerson = `tenant_id = ${setting('tenant')} AND ${setting('person')} IN ('', user_id)`;
const ofTenant = `tenant_id = ${setting('tenant')}`;
const ofPlace = `tenant_id IN (${setting('tenant')}, ${setting('place')})`;
const bySubject = (...columns: readonly string[]): string =>
  columns.map((column) => `${column} = ${setting('subject')}`).join(' OR ');

/** What a statement may see and write of each table; the others hold nothing of a tenant. */
const visible = {
  exports: [ofPerson, bySubject('id')],
  cards: [ofPlace, bySubject('export_id', 'own_file_id', 'id')],
  notices: [bySubject('export_id')],
  standing_notices: [ofPlace, bySubject('export_id')],
  conversations: [ofPlace],
  inbound_activities: [ofPlace],
  sign_in_requests: [ofPerson, bySubject('id')],
  sign_in_attempts: [bySubject('state_hash')],
  sign_in_nonces: [ofPerson],
  sso_exchanges: [ofPerson],
  download_links: [ofPerson, bySubject('token_hash', 'export_id', 'own_file_id')],
  token_partitions: [ofPerson],
  own_files: [ofPerson, bySubject('id')],
  own_file_parts: [ofPerson, bySubject('file_id')],
  readings: [ofPerson, bySubject('export_id', 'own_file_id')],
  snapshots: [ofPerson],
  save_offers: [ofPerson, bySubject('id')],
  target_names: [ofPerson],
  shared_names: [ofTenant],
  schedules: [
    ofPerson,
    `conversation_tenant_id = ${setting('place')} AND ${setting('person')} = ''`,
    bySubject('id'),
  ],
  audit_entries: [ofPerson, bySubject('id')],
  audit_people: [ofTenant],
  audit_chains: [ofTenant],
} as const;

export const rowLevelSecurity = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const [table, rules] of Object.entries(visible)) {
      const rule = [everything, ...rules].map((one) => `(${one})`).join(' OR ');
      await sql.raw(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`).execute(db);
      await sql.raw(`CREATE POLICY scoped ON ${table} USING (${rule}) WITH CHECK (${rule})`).execute(db);
      // Migrations, the doctor, and an instance of the release before: they work as the login that owns the tables.
      await sql.raw(`CREATE POLICY owners ON ${table} USING (current_user <> 'okr_export_bot')`).execute(db);
    }
    // Where a card, a question or a schedule stands, a guest's in another tenant: its newest service URL is looked up with it.
    await sql
      .raw(
        `CREATE POLICY looked_up ON conversations FOR SELECT
          USING (${setting('subject')} <> '' OR ${setting('person')} <> '')`,
      )
      .execute(db);
  },
};
