/** Answers for which activities were seen in the last 24 hours: port InboundLog. */
import { sql, type Kysely } from 'kysely';
import type { InboundLog } from '../../ports/conversation.ts';
import type { Tables } from './tables.ts';

export const forgottenAfter = sql<Date>`now() - interval '24 hours'`;

export const createInboundLog = (db: Kysely<Tables>): InboundLog => ({
  firstTime: async (tenantId, conversationId, activityId) => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('inbound_activities')
      .values({ tenant_id: tenantId, conversation_id: conversationId, activity_id: activityId })
      .onConflict((seen) =>
        seen
          .columns(['tenant_id', 'conversation_id', 'activity_id'])
          .doUpdateSet({ seen_at: sql`now()` })
          .where('inbound_activities.seen_at', '<', forgottenAfter),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  isKnown: async (tenantId, conversationId, activityId) => {
    const known = db
      .selectFrom('inbound_activities')
      .select('activity_id')
      .where('tenant_id', '=', tenantId)
      .where('conversation_id', '=', conversationId)
      .where('activity_id', '=', activityId)
      .where('seen_at', '>=', forgottenAfter);
    return (await known.executeTakeFirst()) !== undefined;
  },
});
