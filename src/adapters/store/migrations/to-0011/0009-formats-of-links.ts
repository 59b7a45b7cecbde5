/** Lets a download link give each format of a file once. */
import { sql, type Kysely } from 'kysely';

export const formatsOfLinks = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql`ALTER TABLE download_links ADD COLUMN taken_formats text[] NOT NULL DEFAULT '{}'`.execute(db);
    // What was used up stays so.
    await sql`UPDATE download_links SET taken_formats = '{workbook,spreadsheetCsv,original}'
      WHERE used_at IS NOT NULL`.execute(db);
    await sql`ALTER TABLE download_links DROP COLUMN used_at`.execute(db);
  },
};
