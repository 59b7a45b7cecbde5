/** Deduplicates the activities of the last 24 hours: port InboundLog. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Conversation, InboundClaim, InboundKey, InboundLog } from '../../../ports/conversation.ts';
import { noClaim, secondsFromNow } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';
import { baseIdOf } from './conversations.ts';

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
  isFirstVersion: async (tenantId, conversationId, activityId, version) => {
    const put = (id: string, from: RawBuilder<unknown>): RawBuilder<unknown> => sql`
      INSERT INTO inbound_activities AS seen (tenant_id, conversation_id, activity_id)
      SELECT ${tenantId}, ${conversationId}, ${id} ${from}
      ON CONFLICT (tenant_id, conversation_id, activity_id)
      DO UPDATE SET seen_at = now() WHERE seen.seen_at < ${forgottenAfter} RETURNING 1`;
    const ofVersion = `${activityId}: ${version}`;
    // One statement: a process that dies has claimed both or nothing.
    const { rows } = await sql<{ first: boolean }>`
      WITH claimed AS (${put(activityId, sql``)}), mine AS (${put(ofVersion, sql`FROM claimed`)})
      SELECT EXISTS (SELECT FROM claimed) OR EXISTS (
        SELECT FROM inbound_activities WHERE tenant_id = ${tenantId} AND conversation_id = ${conversationId}
          AND activity_id = ${ofVersion} AND seen_at >= ${forgottenAfter}) AS first`.execute(db);
    return rows[0]?.first === true;
  },
  claim: (...given) => claim(db, ...given),
  done: async (key, holder) => {
    await db
      .updateTable('inbound_activities')
      .set(noClaim)
      .where((where) => where.and({ ...rowOf(key), claimed_by: holder }))
      .execute();
  },
  release: async (key, holder) => {
    await db
      .deleteFrom('inbound_activities')
      .where((where) => where.and({ ...rowOf(key), claimed_by: holder }))
      .execute();
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

const rowOf = ({ tenantId, conversationId, activityId }: InboundKey) => ({
  tenant_id: tenantId,
  conversation_id: conversationId,
  activity_id: activityId,
});

/** One statement for a message in a conversation that is stored as it is: this one answers most messages. */
async function claim(
  db: Kysely<Tables>,
  conversation: Conversation,
  activityId: string,
  holder: string,
  seconds: number,
): Promise<InboundClaim> {
  const { tenantId, conversationId, kind, serviceUrl, botChannelId } = conversation;
  const { rows } = await sql<{ remembered: boolean }>`
    INSERT INTO inbound_activities AS seen
      (tenant_id, conversation_id, activity_id, claimed_by, claimed_until)
    VALUES (${tenantId}, ${conversationId}, ${activityId}, ${holder}, ${secondsFromNow(seconds)})
    ON CONFLICT (tenant_id, conversation_id, activity_id) DO UPDATE
      SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until, seen_at = now()
      WHERE seen.seen_at < ${forgottenAfter} OR seen.claimed_until <= now() OR seen.claimed_by = ${holder}
    RETURNING EXISTS (
      SELECT FROM conversations AS place
      WHERE place.tenant_id = ${tenantId} AND place.base_id = ${baseIdOf(conversationId)} AND NOT place.blocked
        AND place.kind = ${kind} AND place.service_url = ${serviceUrl}
        AND place.bot_channel_id = ${botChannelId}) AS remembered`.execute(db);
  if (rows[0] !== undefined) return { kind: 'claimed', isRemembered: rows[0].remembered };
  const row = await db
    .selectFrom('inbound_activities')
    .select('claimed_by')
    .where((where) => where.and(rowOf({ tenantId, conversationId, activityId })))
    .executeTakeFirst();
  // No row: released between the two statements, so the next claim gets it.
  return { kind: row === undefined || row.claimed_by !== null ? 'held' : 'done' };
}
