/** Turns an export's organisation and view into a target: the source, its own key, and what a card calls it. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `ALTER TABLE exports ADD COLUMN source text, ADD COLUMN target_key text, ADD COLUMN target_label text,
    ADD COLUMN target_address text, ADD COLUMN target_place text`,
  `UPDATE exports SET source = 'goals', target_key = organization_id || '/' || view_id, target_label = left(view_id, 8),
    target_address = 'https://goals.microsoft.com/org_uuid/' || organization_id || '/objective-explorer?viewId=' || view_id,
    target_place = left(organization_id, 8)`,
  `ALTER TABLE exports ALTER COLUMN source SET NOT NULL, ALTER COLUMN target_key SET NOT NULL,
    ALTER COLUMN target_label SET NOT NULL`,
  `DROP INDEX exports_one_open`,
  `CREATE UNIQUE INDEX exports_one_open ON exports (tenant_id, user_id, source, target_key) WHERE is_open`,
  `ALTER TABLE exports DROP COLUMN organization_id, DROP COLUMN view_id`,
];

export const targetsOfSources = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
