/** Stores conversations, one row for all threads of a channel: port Conversations. */
import { sql, type Insertable, type Kysely } from 'kysely';
import * as z from 'zod';
import type { Conversation, ConversationKind, Conversations } from '../../../ports/conversation.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { ConversationsTable, Tables } from '../rows/table-types.ts';

/** `19:…@thread.tacv2;messageid=…` names a thread; without the suffix it names the channel. */
export const baseIdOf = (conversationId: string): string => conversationId.replace(/;messageid=.*$/s, '');

export const createConversations = (db: ScopedDb): Conversations => {
  const row = ({ tenantId, conversationId }: Pick<Conversation, 'tenantId' | 'conversationId'>) =>
    ({ tenant_id: tenantId, base_id: baseIdOf(conversationId) }) as const;
  return {
    remember: (conversation) => remember(db.ofTenant(conversation.tenantId), conversation),
    claimWelcome: async (conversation) => {
      const { numInsertedOrUpdatedRows } = await db
        .ofTenant(conversation.tenantId)
        .insertInto('conversations')
        .values({ ...rowOf(conversation), welcomed: true })
        .onConflict((known) =>
          known
            .columns(['tenant_id', 'base_id'])
            .doUpdateSet({ welcomed: true })
            .where('conversations.welcomed', '=', false),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    block: async (conversation) => {
      await db
        .ofTenant(conversation.tenantId)
        .insertInto('conversations')
        .values({ ...rowOf(conversation), blocked: true })
        .onConflict((known) => known.columns(['tenant_id', 'base_id']).doUpdateSet({ blocked: true }))
        .execute();
    },
    unblock: async (tenantId, conversationId) => {
      await db
        .ofTenant(tenantId)
        .updateTable('conversations')
        .set({ blocked: false })
        .where('tenant_id', '=', tenantId)
        .where('base_id', '=', baseIdOf(conversationId))
        .execute();
    },
    isBlocked: async (conversation) => {
      const { tenant_id, base_id } = row(conversation);
      const blocked = await db
        .ofTenant(tenant_id)
        .selectFrom('conversations')
        .select('blocked')
        .where('tenant_id', '=', tenant_id)
        .where('base_id', '=', base_id)
        .executeTakeFirst();
      return blocked?.blocked ?? false;
    },
    forget: (tenantId, conversationId) => forget(db.ofTenant(tenantId), tenantId, conversationId),
  };
};

async function forget(db: Kysely<Tables>, tenantId: string, conversationId: string): Promise<void> {
  await db
    .deleteFrom('schedules')
    .where('conversation_tenant_id', '=', tenantId)
    .where('base_id', '=', baseIdOf(conversationId))
    .where('audience', '=', 'owner')
    .execute();
  await db
    .deleteFrom('conversations')
    .where('tenant_id', '=', tenantId)
    .where('base_id', '=', baseIdOf(conversationId))
    .execute();
}

/** Writes nothing, and so waits for no disk, where it is stored just so: each press of a button says where it was pressed. */
async function remember(db: Kysely<Tables>, conversation: Conversation): Promise<'open' | 'blocked'> {
  const { tenant_id, base_id, kind, service_url, bot_channel_id } = rowOf(conversation);
  const { rows } = await sql<{ blocked: boolean }>`
    WITH known AS (
      SELECT blocked FROM conversations WHERE tenant_id = ${tenant_id} AND base_id = ${base_id}
        AND kind = ${kind} AND service_url = ${service_url} AND bot_channel_id = ${bot_channel_id}
    ), put AS (
      INSERT INTO conversations (tenant_id, base_id, kind, service_url, bot_channel_id)
      SELECT ${tenant_id}, ${base_id}, ${kind}, ${service_url}, ${bot_channel_id}
        WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT (tenant_id, base_id) DO UPDATE
        SET kind = excluded.kind, service_url = excluded.service_url, bot_channel_id = excluded.bot_channel_id
      RETURNING blocked
    ) SELECT blocked FROM known UNION ALL SELECT blocked FROM put`.execute(db);
  return rows[0]?.blocked === true ? 'blocked' : 'open';
}

const rowOf = (conversation: Conversation): Insertable<ConversationsTable> => ({
  tenant_id: conversation.tenantId,
  base_id: baseIdOf(conversation.conversationId),
  kind: conversation.kind,
  service_url: conversation.serviceUrl,
  bot_channel_id: conversation.botChannelId,
});

/** For a statement that adds what refers to the conversation: its row is added with it, unless it is there. */
export const withConversationOf = (db: Kysely<Tables>, conversation: Conversation) =>
  db.with('ensured', (before) =>
    before
      .insertInto('conversations')
      .values(rowOf(conversation))
      .onConflict((known) => known.columns(['tenant_id', 'base_id']).doNothing()),
  );

const kindSchema: z.ZodType<ConversationKind> = z.enum(['personal', 'groupChat', 'channel']);

/** Of a row joined with its conversation, which knows the newest service URL. */
export const conversationOf = (row: {
  readonly tenant_id: string;
  readonly conversation_id: string;
  readonly kind: string;
  readonly service_url: string;
  readonly bot_channel_id: string;
}): Conversation => ({
  tenantId: row.tenant_id,
  conversationId: row.conversation_id,
  kind: kindSchema.parse(row.kind),
  serviceUrl: row.service_url,
  botChannelId: row.bot_channel_id,
});
