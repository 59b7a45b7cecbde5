/** Stores schedules: port Schedules. */
import { sql, type Kysely } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Schedule } from '../../../domain/schedules/schedule.ts';
import type { Conversation } from '../../../ports/conversation.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import type { ScheduleCounts, Schedules } from '../../../ports/schedules.ts';
import { baseIdOf, conversationOf } from '../conversations/conversations.ts';
import { sealedAsText } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { changedRow, newRow, scheduleOf, type ScheduleRow } from './stored-schedule.ts';

export const createSchedules = (db: ScopedDb, vault: Vault): Schedules => ({
  insert: async (schedule) => {
    await db
      .ofPerson(schedule.owner)
      .insertInto('schedules')
      .values(await newRow(vault, schedule))
      .execute();
  },
  lock: async (id) =>
    first(vault, await rows(db.ofSubject(id)).where('id', '=', id).forUpdate('schedules').execute()),
  load: async (id) => first(vault, await rows(db.ofSubject(id)).where('id', '=', id).execute()),
  save: async (schedule) => {
    const change = await changedRow(vault, schedule);
    await db
      .ofSubject(schedule.id)
      .updateTable('schedules')
      .set(change)
      .where('id', '=', schedule.id)
      .execute();
  },
  of: async (person) => all(vault, await living(ofPerson(db, person)).execute()),
  subscriptionsIn: async ({ tenantId, conversationId }) => {
    const there = rows(db.ofTenant(tenantId))
      .where('conversation_tenant_id', '=', tenantId)
      .where('base_id', '=', baseIdOf(conversationId))
      .where('audience', '=', 'everybody');
    return all(vault, await living(there).execute());
  },
  subscriptionsOfTeam: async ({ tenantId, teamId }) => {
    const there = rows(db.ofTenant(tenantId))
      .where('conversation_tenant_id', '=', tenantId)
      .where((is) => is.or([is('team_id', '=', teamId), is('base_id', '=', teamId)]))
      .where('audience', '=', 'everybody');
    return all(vault, await living(there).execute());
  },
  counts: (person) => counts(db.ofTenant(person.tenantId), person),
  zoneOf: async (person) => {
    const mine = ofPerson(db, person);
    return (await first(vault, await mine.orderBy('made_at', 'desc').limit(1).execute()))?.zone;
  },
  personalChatOf: (person) => personalChatOf(db.ofPerson(person), person),
  dueBefore: (now, max) => dueBefore(db.acrossTenants('whatever is due'), now, max),
  claimNotice: (id, key) => claimNotice(db.ofSubject(id), id, key),
  releaseNotice: (id, key) => releaseNotice(db.ofSubject(id), id, key),
});

/** With the newest service URL that is known for the conversation. */
const newest = (column: 'service_url' | 'bot_channel_id') =>
  sql<string>`coalesce((SELECT c.${sql.ref(column)} FROM conversations c
    WHERE c.tenant_id = schedules.conversation_tenant_id AND c.base_id = schedules.base_id),
    schedules.${sql.ref(column)})`;

const rows = (db: Kysely<Tables>) =>
  db
    .selectFrom('schedules')
    .select(['id', 'tenant_id', 'user_id', 'conversation_tenant_id', 'conversation_id', 'conversation_kind'])
    .select([
      'team_id',
      'audience',
      'source',
      'target_key',
      'state',
      'why',
      'since',
      'next_at',
      'until',
      'run',
    ])
    .select(['failures', 'made_at', 'key_id', sealedAsText.as('sealed')])
    .select([newest('service_url').as('service_url'), newest('bot_channel_id').as('bot_channel_id')]);

const ofPerson = (db: ScopedDb, person: Person) =>
  rows(db.ofPerson(person)).where('tenant_id', '=', person.tenantId).where('user_id', '=', person.userId);

const living = (query: ReturnType<typeof rows>) =>
  query
    .where('state', 'not in', ['offered', 'ended'])
    .orderBy(sql`next_at NULLS LAST`)
    .orderBy('made_at')
    .orderBy('id');

async function all(vault: Vault, found: readonly ScheduleRow[]): Promise<readonly Schedule[]> {
  const read = await Promise.all(found.map((row) => scheduleOf(vault, row)));
  return read.filter((schedule) => schedule !== undefined);
}

const first = async (vault: Vault, found: readonly ScheduleRow[]): Promise<Schedule | undefined> =>
  (await all(vault, found))[0];

async function counts(db: Kysely<Tables>, { tenantId, userId }: Person): Promise<ScheduleCounts> {
  const { rows: counted } = await sql<ScheduleCounts>`SELECT
    count(*) FILTER (WHERE user_id = ${userId})::int AS "ofPerson", count(*)::int AS "ofTenant"
    FROM schedules WHERE tenant_id = ${tenantId} AND state NOT IN ('offered', 'ended')`.execute(db);
  return counted[0] ?? { ofPerson: 0, ofTenant: 0 };
}

async function personalChatOf(
  db: Kysely<Tables>,
  { tenantId, userId }: Person,
): Promise<Conversation | undefined> {
  const row = await db
    .selectFrom('cards')
    .innerJoin('exports', 'exports.id', 'cards.export_id')
    .innerJoin('conversations', (on) =>
      on
        .onRef('conversations.tenant_id', '=', 'cards.tenant_id')
        .onRef('conversations.base_id', '=', 'cards.base_id'),
    )
    .select(['cards.tenant_id', 'cards.conversation_id', 'kind', 'service_url', 'bot_channel_id'])
    .where('exports.tenant_id', '=', tenantId)
    .where('exports.user_id', '=', userId)
    .where('kind', '=', 'personal')
    .orderBy('cards.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && conversationOf(row);
}

async function claimNotice(db: Kysely<Tables>, id: string, key: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('schedules')
    .set({ told: sql<string[]>`array_append(told, ${key}::text)` })
    .where('id', '=', id)
    .where(sql<boolean>`NOT told @> ARRAY[${key}::text]`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function releaseNotice(db: Kysely<Tables>, id: string, key: string): Promise<void> {
  await db
    .updateTable('schedules')
    .set({ told: sql<string[]>`array_remove(told, ${key}::text)` })
    .where('id', '=', id)
    .execute();
}

async function dueBefore(db: Kysely<Tables>, now: Date, max: number): ReturnType<Schedules['dueBefore']> {
  const due = await db
    .selectFrom('schedules')
    .select(['id', 'tenant_id', 'user_id', 'next_at'])
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .limit(max)
    .execute();
  return due.map(({ id, tenant_id: tenantId, user_id: userId, next_at: dueAt }) => ({
    id,
    person: { tenantId, userId },
    dueAt: dueAt ?? now,
  }));
}
