/** Answers for sending a message at most once: port Notices. */
import type { Kysely } from 'kysely';
import type { Notices } from '../../ports/export-jobs.ts';
import type { Tables } from './tables.ts';

export const createNotices = (db: Kysely<Tables>): Notices => ({
  claim: async (exportId, key) => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('notices')
      .values({ export_id: exportId, key })
      .onConflict((claimed) => claimed.columns(['export_id', 'key']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  isClaimed: async (exportId, key) => {
    const claimed = db
      .selectFrom('notices')
      .select('key')
      .where('export_id', '=', exportId)
      .where('key', '=', key);
    return (await claimed.executeTakeFirst()) !== undefined;
  },
  release: async (exportId, key) => {
    await db.deleteFrom('notices').where('export_id', '=', exportId).where('key', '=', key).execute();
  },
});
