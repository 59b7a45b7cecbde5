/** Deduplicates the activities of the last 24 hours: port InboundLog. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { createBatches } from '../../../blocks/batches.ts';
import type { Conversation, InboundClaim, InboundKey, InboundLog } from '../../../ports/conversation.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { baseIdOf } from './conversations.ts';

export const forgottenAfter = sql<Date>`now() - interval '24 hours'`;

/** Milliseconds: nobody waits for the mark that something was answered. */
const gatherMarksFor = 100;

function createClaims(db: Kysely<Tables>) {
  const claim = createBatches<Claim, InboundClaim>({ keyOf, ask: (claims) => claimAll(db, claims) });
  const writeDown = createBatches<Claim, InboundClaim>({
    keyOf,
    ask: (answered) => claimAll(db, answered, { isLasting: true }),
    gatherFor: gatherMarksFor,
  });
  const markDone = createBatches<Held, undefined>({
    keyOf,
    ask: (answered) => markAllDone(db, answered),
    gatherFor: gatherMarksFor,
  });
  return { claim, writeDown, markDone };
}

export function createInboundLog(db: ScopedDb): InboundLog {
  const { claim, writeDown, markDone } = createClaims(
    db.acrossTenants('messages of many tenants in one statement'),
  );
  return {
    firstTime: async (tenantId, conversationId, activityId) => {
      const key = { tenantId, conversationId, activityId };
      const { numInsertedOrUpdatedRows } = await seen(db.ofTenant(tenantId), key).executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    note: async (tenantId, conversationId, activityId) => {
      await seen(db.deferred.ofTenant(tenantId), { tenantId, conversationId, activityId }).execute();
    },
    isFirstVersion: (tenantId, ...version) => isFirstVersion(db.ofTenant(tenantId), tenantId, ...version),
    claim: (conversation, activityId, holder, seconds) =>
      claim({ ...keyIn(conversation, activityId), holder, seconds, conversation }),
    answered: async (conversation, activityId) => {
      const written = await writeDown({ ...keyIn(conversation, activityId), ...nobodys, conversation });
      return { isRemembered: written.kind === 'claimed' && written.isRemembered };
    },
    done: ({ tenantId, conversationId, activityId }, holder) =>
      markDone({ tenantId, conversationId, activityId, holder }),
    release: async (key, holder) => {
      await db
        .ofTenant(key.tenantId)
        .deleteFrom('inbound_activities')
        .where((where) => where.and({ ...rowOf(key), claimed_by: holder }))
        .execute();
    },
    isKnown: async (tenantId, conversationId, activityId) => {
      const known = db
        .ofTenant(tenantId)
        .selectFrom('inbound_activities')
        .select('activity_id')
        .where('tenant_id', '=', tenantId)
        .where('conversation_id', '=', conversationId)
        .where('activity_id', '=', activityId)
        .where('seen_at', '>=', forgottenAfter);
      return (await known.executeTakeFirst()) !== undefined;
    },
  };
}

const seen = (db: Kysely<Tables>, key: InboundKey) =>
  db
    .insertInto('inbound_activities')
    .values(rowOf(key))
    .onConflict((known) =>
      known
        .columns(['tenant_id', 'conversation_id', 'activity_id'])
        .doUpdateSet({ seen_at: sql`now()` })
        .where('inbound_activities.seen_at', '<', forgottenAfter),
    );

async function isFirstVersion(
  db: Kysely<Tables>,
  tenantId: string,
  conversationId: string,
  activityId: string,
  version: string,
): Promise<boolean> {
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
}

const rowOf = ({ tenantId, conversationId, activityId }: InboundKey) => ({
  tenant_id: tenantId,
  conversation_id: conversationId,
  activity_id: activityId,
});

interface Held extends InboundKey {
  /** Null of what is answered already. */
  readonly holder: string | null;
}

interface Claim extends Held {
  readonly seconds: number | null;
  readonly conversation: Conversation;
}

const nobodys = { holder: null, seconds: null };

/** Two that should differ and do not are asked one after the other. */
const keyOf = ({ tenantId, conversationId, activityId }: InboundKey): string =>
  `${tenantId}\n${conversationId}\n${activityId}`;

const keyIn = ({ tenantId, conversationId }: Conversation, activityId: string): InboundKey => ({
  tenantId,
  conversationId,
  activityId,
});

/** A column of the batch. Selected, so that PostgreSQL keeps one plan for batches of all sizes instead of making one for each. */
const column = (texts: readonly (string | null)[]): RawBuilder<unknown> => sql`(SELECT ${texts}::text[])`;

const columnsOf = (held: readonly Held[]): RawBuilder<unknown> =>
  sql.join([
    column(held.map(({ tenantId }) => tenantId)),
    column(held.map(({ conversationId }) => conversationId)),
    column(held.map(({ activityId }) => activityId)),
    column(held.map(({ holder }) => holder)),
  ]);

/**
 * Also finds out whether each one's conversation is stored as it is. In the order of keys, so that no two instances wait for each
 * other. A claim that PostgreSQL loses when it dies has run out before the message comes again: only what is to last waits for the disk.
 */
async function claimAll(
  db: Kysely<Tables>,
  claims: readonly Claim[],
  { isLasting = false } = {},
): Promise<readonly InboundClaim[]> {
  const places = claims.map(({ conversation }) => conversation);
  const unlessLasting = isLasting ? sql`` : sql`, set_config('synchronous_commit', 'off', true)`;
  const { rows } = await sql<{ claimed: boolean; answered: boolean | null; remembered: boolean | null }>`
    WITH asked AS (
      SELECT * FROM unnest(
        ${columnsOf(claims)},
        (SELECT ${claims.map(({ seconds }) => seconds)}::double precision[]),
        ${column(places.map(({ conversationId }) => baseIdOf(conversationId)))},
        ${column(places.map(({ kind }) => kind))},
        ${column(places.map(({ serviceUrl }) => serviceUrl))},
        ${column(places.map(({ botChannelId }) => botChannelId))}
      ) WITH ORDINALITY AS asked
        (tenant_id, conversation_id, activity_id, holder, seconds, base_id, kind, service_url, bot_channel_id, nth)
    ), claimed AS (
      INSERT INTO inbound_activities AS seen
        (tenant_id, conversation_id, activity_id, claimed_by, claimed_until)
      SELECT tenant_id, conversation_id, activity_id, holder, now() + seconds * interval '1 second'
        FROM asked ${unlessLasting}
        ORDER BY tenant_id, conversation_id, activity_id
      ON CONFLICT (tenant_id, conversation_id, activity_id) DO UPDATE
        SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until, seen_at = now()
        WHERE seen.seen_at < ${forgottenAfter} OR seen.claimed_until <= now()
          OR seen.claimed_by = excluded.claimed_by OR excluded.claimed_by IS NULL
      RETURNING tenant_id, conversation_id, activity_id
    )
    SELECT
      EXISTS (
        SELECT FROM claimed
        WHERE claimed.tenant_id = asked.tenant_id AND claimed.conversation_id = asked.conversation_id
          AND claimed.activity_id = asked.activity_id) AS claimed,
      (SELECT before.claimed_by IS NULL FROM inbound_activities AS before
        WHERE before.tenant_id = asked.tenant_id AND before.conversation_id = asked.conversation_id
          AND before.activity_id = asked.activity_id) AS answered,
      (SELECT NOT place.blocked AND place.kind = asked.kind AND place.service_url = asked.service_url
          AND place.bot_channel_id = asked.bot_channel_id
        FROM conversations AS place
        WHERE place.tenant_id = asked.tenant_id AND place.base_id = asked.base_id) AS remembered
    FROM asked ORDER BY nth`.execute(db);
  return rows.map(({ claimed, answered, remembered }) => {
    if (claimed) return { kind: 'claimed', isRemembered: remembered === true };
    // No row: claimed by somebody just now, or released, so that the next claim gets it.
    return { kind: answered === true ? 'done' : 'held' };
  });
}

async function markAllDone(db: Kysely<Tables>, answered: readonly Held[]): Promise<readonly undefined[]> {
  await sql`
    UPDATE inbound_activities AS seen SET claimed_by = NULL, claimed_until = NULL
    FROM unnest(${columnsOf(answered)}) AS mine (tenant_id, conversation_id, activity_id, holder)
    WHERE seen.tenant_id = mine.tenant_id AND seen.conversation_id = mine.conversation_id
      AND seen.activity_id = mine.activity_id AND seen.claimed_by = mine.holder`.execute(db);
  return answered.map(() => undefined);
}
