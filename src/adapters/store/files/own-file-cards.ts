/** Stores which card follows a person's own file, and leases it to one sender at a time. */
import type { Kysely } from 'kysely';
import { present } from '../../../domain/present.ts';
import type { OwnFiles } from '../../../ports/people-files.ts';
import { conversationOf } from '../conversations/conversations.ts';
import { claimFor, noClaim, unclaimed } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';

export const createOwnFileCards = (
  db: Kysely<Tables>,
): Pick<OwnFiles, 'claimCard' | 'shown' | 'releaseCard'> => ({
  claimCard: async (id, holder, seconds) => {
    const { numUpdatedRows } = await db
      .updateTable('own_files')
      .set(claimFor(holder, seconds))
      .where('id', '=', id)
      .where(unclaimed)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return undefined;
    const row = await withConversation(db).where('f.id', '=', id).executeTakeFirst();
    return (
      row && {
        conversation: conversationOf(row),
        shownVersion: row.shown_version,
        ...present({ activityId: row.activity_id ?? undefined }),
      }
    );
  },
  shown: async (id, holder, { version, activityId }) => {
    await db
      .updateTable('own_files')
      .set({ ...noClaim, shown_version: version, ...present({ activity_id: activityId }) })
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .execute();
  },
  releaseCard: async (id, holder) => {
    await db
      .updateTable('own_files')
      .set(noClaim)
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .execute();
  },
});

const withConversation = (db: Kysely<Tables>) =>
  db
    .selectFrom('own_files as f')
    .innerJoin('conversations as c', (join) =>
      join.onRef('c.tenant_id', '=', 'f.conversation_tenant_id').onRef('c.base_id', '=', 'f.base_id'),
    )
    .select(['f.activity_id', 'f.shown_version', 'c.tenant_id', 'f.conversation_id'])
    .select(['c.kind', 'c.service_url', 'c.bot_channel_id']);
