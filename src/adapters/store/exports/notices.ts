/** Stores which messages about an export were claimed before they were sent, and where they stand: port Notices. */
import type { Kysely } from 'kysely';
import type { Notices } from '../../../ports/export-jobs.ts';
import { baseIdOf, conversationOf } from '../conversations/conversations.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

export const createNotices = (db: ScopedDb): Notices => ({
  claim: async (exportId, key) => {
    const { numInsertedOrUpdatedRows } = await db
      .ofSubject(exportId)
      .insertInto('notices')
      .values({ export_id: exportId, key })
      .onConflict((claimed) => claimed.columns(['export_id', 'key']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  isClaimed: async (exportId, key) => {
    const claimed = db
      .ofSubject(exportId)
      .selectFrom('notices')
      .select('key')
      .where('export_id', '=', exportId)
      .where('key', '=', key);
    return (await claimed.executeTakeFirst()) !== undefined;
  },
  release: async (exportId, key) => {
    await db
      .ofSubject(exportId)
      .deleteFrom('notices')
      .where('export_id', '=', exportId)
      .where('key', '=', key)
      .execute();
  },
  standing: (exportId) => standing(db.ofSubject(exportId), exportId),
  stands: (exportId, notice) => stands(db.ofSubject(exportId), exportId, notice),
  gone: async (exportId, activityId) => {
    await db
      .ofSubject(exportId)
      .deleteFrom('standing_notices')
      .where('export_id', '=', exportId)
      .where('activity_id', '=', activityId)
      .execute();
  },
});

const standing = async (db: Kysely<Tables>, exportId: string): ReturnType<Notices['standing']> => {
  const rows = await db
    .selectFrom('standing_notices')
    .innerJoin('conversations', (join) =>
      join
        .onRef('conversations.tenant_id', '=', 'standing_notices.tenant_id')
        .onRef('conversations.base_id', '=', 'standing_notices.base_id'),
    )
    .select(['activity_id', 'shown', 'conversation_id'])
    .select(['conversations.tenant_id', 'kind', 'service_url', 'bot_channel_id'])
    .where('export_id', '=', exportId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    activityId: row.activity_id,
    conversation: conversationOf(row),
    shown: row.shown,
  }));
};

/** From a select, because export or conversation may be deleted while the message is on its way. */
const stands = async (
  db: Kysely<Tables>,
  exportId: string,
  { activityId, conversation, shown }: Parameters<Notices['stands']>[1],
): Promise<void> => {
  const { tenantId, conversationId } = conversation;
  await db
    .insertInto('standing_notices')
    .columns(['export_id', 'tenant_id', 'conversation_id', 'base_id', 'activity_id', 'shown'])
    .expression((from) =>
      from
        .selectFrom('exports')
        .innerJoin('conversations', (join) =>
          join.on('conversations.tenant_id', '=', tenantId).on('base_id', '=', baseIdOf(conversationId)),
        )
        .select((row) => [
          'exports.id',
          'conversations.tenant_id',
          row.val(conversationId).as('conversation_id'),
          'base_id',
          row.val(activityId).as('activity_id'),
          row.val(shown).as('shown'),
        ])
        .where('exports.id', '=', exportId),
    )
    .onConflict((known) => known.columns(['export_id', 'activity_id']).doUpdateSet({ shown }))
    .execute();
};
