/** Keeps in an export's own row when it is to be woken, and which worker has been given it. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `ALTER TABLE exports ADD COLUMN wake_at timestamptz, ADD COLUMN woken_by text`,
  `UPDATE exports SET wake_at = due_at`,
  `CREATE INDEX exports_to_wake ON exports (wake_at) WHERE wake_at IS NOT NULL`,
  `CREATE INDEX exports_to_resume ON exports (tenant_id) WHERE due_step = 'resume'`,
  `DROP INDEX exports_due`,
];

export const wakesOfExports = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
