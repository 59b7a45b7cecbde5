/** Stores the names that people give to everybody in a group or channel, sealed for their giver: port SharedNames. */
import { sql, type Kysely } from 'kysely';
import * as z from 'zod';
import type { SharedName } from '../../../domain/exports/shared-name.ts';
import { present } from '../../../domain/present.ts';
import type { Conversation } from '../../../ports/conversation.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import type { KeptSharedName, SharedNames } from '../../../ports/shared-names.ts';
import { baseIdOf, conversationOf, withConversationOf } from '../conversations/conversations.ts';
import { openJson, sealJson, sealedAsText } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const placeOf = (id: string): string => `shared_names ${id}`;

const sealedSchema = z.object({
  name: z.string(),
  label: z.string(),
  address: z.string().exactOptional(),
  place: z.string().exactOptional(),
  givenBy: z.object({ name: z.string(), locale: z.string().exactOptional() }),
});

export const createSharedNames = (db: ScopedDb, vault: Vault): SharedNames => ({
  of: async ({ tenantId, conversationId }) => {
    const there = rowsOf(db.ofTenant(tenantId), tenantId).where(
      'shared_names.base_id',
      '=',
      baseIdOf(conversationId),
    );
    return opened(vault, await there.execute());
  },
  by: async ({ tenantId, userId }) =>
    opened(vault, await rowsOf(db.ofTenant(tenantId), tenantId).where('user_id', '=', userId).execute()),
  find: async (tenantId, id) => {
    const [found] = await opened(
      vault,
      await rowsOf(db.ofTenant(tenantId), tenantId).where('id', '=', id).execute(),
    );
    return found;
  },
  lock: async ({ tenantId, conversationId }) => {
    const key = `shared names of ${tenantId} ${baseIdOf(conversationId)}`;
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db.ofTenant(tenantId));
  },
  give: (conversation, name, activityId) =>
    give({ db: db.ofTenant(name.giver.tenantId), vault }, conversation, name, activityId),
  rename: async (name) => {
    await db
      .ofTenant(name.giver.tenantId)
      .updateTable('shared_names')
      .set(await seal(vault, name))
      .where('id', '=', name.id)
      .where('tenant_id', '=', name.giver.tenantId)
      .execute();
  },
  forget: async (tenantId, id) => {
    await db
      .ofTenant(tenantId)
      .deleteFrom('shared_names')
      .where('id', '=', id)
      .where('tenant_id', '=', tenantId)
      .execute();
  },
});

async function give(
  { db, vault }: { readonly db: Kysely<Tables>; readonly vault: Vault },
  conversation: Conversation,
  name: SharedName,
  activityId: string | undefined,
): Promise<void> {
  const { conversationId } = conversation;
  const { id, target, giver, givenAt } = name;
  const where = { conversation_id: conversationId, base_id: baseIdOf(conversationId) };
  const what = { id, source: target.source, target_key: target.key, given_at: givenAt };
  const sealed = await seal(vault, name);
  await withConversationOf(db, conversation)
    .insertInto('shared_names')
    .values({
      tenant_id: giver.tenantId,
      user_id: giver.userId,
      activity_id: activityId ?? null,
      ...where,
      ...what,
      ...sealed,
    })
    .execute();
}

const seal = (vault: Vault, { id, name, target, giver }: SharedName) => {
  const { label, address, place } = target;
  const givenBy = { name: giver.name, ...present({ locale: giver.locale }) };
  return sealJson(vault, giver, placeOf(id), { name, label, ...present({ address, place }), givenBy });
};

/** With the conversation, which knows the newest service URL. */
const rowsOf = (db: Kysely<Tables>, tenantId: string) =>
  db
    .selectFrom('shared_names')
    .innerJoin('conversations', (join) =>
      join
        .onRef('conversations.tenant_id', '=', 'shared_names.tenant_id')
        .onRef('conversations.base_id', '=', 'shared_names.base_id'),
    )
    .select(['id', 'user_id', 'source', 'target_key', 'given_at', 'key_id', 'activity_id'])
    .select(['shared_names.tenant_id', 'conversation_id', 'kind', 'service_url', 'bot_channel_id'])
    .select(sealedAsText.as('sealed'))
    .where('shared_names.tenant_id', '=', tenantId)
    .orderBy('given_at', 'desc')
    .orderBy('id');

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

const opened = async (vault: Vault, rows: readonly Row[]): Promise<readonly KeptSharedName[]> =>
  (await Promise.all(rows.map((row) => nameOf(vault, row)))).filter((name) => name !== undefined);

/** Undefined when a key is gone or the row was altered. */
async function nameOf(vault: Vault, row: Row): Promise<KeptSharedName | undefined> {
  const person = { tenantId: row.tenant_id, userId: row.user_id };
  const found = sealedSchema.safeParse(await openJson(vault, person, placeOf(row.id), row)).data;
  if (found === undefined) return undefined;
  const { name, givenBy, ...shown } = found;
  return {
    id: row.id,
    name,
    target: { source: row.source, key: row.target_key, ...shown },
    givenAt: row.given_at,
    giver: { ...person, ...givenBy },
    ...(row.activity_id !== null && {
      card: { conversation: conversationOf(row), activityId: row.activity_id },
    }),
  };
}
