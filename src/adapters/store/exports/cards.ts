/** Stores which cards follow an export or an own file, what each shows, and who may change it: port Cards. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import * as z from 'zod';
import type { SubjectRef } from '../../../domain/okrs/file/okr-file.ts';
import { present } from '../../../domain/present.ts';
import type { CardClaim, Cards, PostInVain, TakenCards, TrackedCard } from '../../../ports/export-jobs.ts';
import { behindAt, versionNow } from './cards-behind.ts';
import { baseIdOf, conversationOf, withConversationOf } from '../conversations/conversations.ts';
import { claimFor, extended, noClaim, secondsFromNow, unclaimed } from '../rows/lease.ts';
import { referenceTo, columnOf, subjectOf } from '../rows/subject-columns.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const whole = (db: ScopedDb): Kysely<Tables> =>
  db.acrossTenants('a card, what it follows, and whose that is: a guest’s tenants differ');

export const createCards = (db: ScopedDb): Cards => ({
  add: async ({ id, subject, conversation, placedAt }) => {
    const { tenantId, conversationId } = conversation;
    const where = {
      tenant_id: tenantId,
      conversation_id: conversationId,
      base_id: baseIdOf(conversationId),
    };
    await withConversationOf(db.deferred.ofTenant(tenantId), conversation)
      .insertInto('cards')
      .values({ id, ...referenceTo(subject), placed_at: placedAt ?? null, ...where })
      .execute();
  },
  of: async ({ kind, id }) => {
    const rows = await withConversation(db.ofSubject(id))
      .where(columnOf[kind], '=', id)
      .orderBy('position')
      .execute();
    return rows.map(cardOf);
  },
  moveDown: async ({ kind, id }, conversationId) => {
    await db
      .ofSubject(id)
      .updateTable('cards')
      .set({
        mode: sql<string>`CASE WHEN activity_id IS NULL AND (claimed_by IS NULL OR ${unclaimed}) THEN 'dropped' ELSE 'moved' END`,
        shown_version: 0,
      })
      .where(columnOf[kind], '=', id)
      .where('conversation_id', '=', conversationId)
      .where('mode', '=', 'live')
      .execute();
  },
  take: (subject, holder, how) => take(whole(db), subject, holder, how),
  claim: (cardId, holder, seconds) => claim(whole(db), cardId, holder, seconds),
  shown: async (cardId, holder, { version, activityId, mode = 'live', isFresh = false }) => {
    const row = await held(whole(db), cardId, holder)
      .set({ ...noClaim, ...present({ activity_id: activityId }), unknown_posts: 0 })
      .set('fresh_posts', (card) => card('fresh_posts', '+', isFresh ? 1 : 0))
      .set('shown_version', sql<number>`CASE WHEN mode = ${mode} THEN ${version}::integer ELSE 0 END`)
      .returning(['mode', versionNow.as('version')])
      .executeTakeFirst();
    return row && { mode: modeSchema.parse(row.mode), version: row.version };
  },
  extendClaim: async (cardId, holder, seconds) => {
    await held(db.ofSubject(cardId), cardId, holder).set(extended(seconds)).execute();
  },
  releaseClaim: (cardId, holder, inVain) => releaseClaim(db.ofSubject(cardId), cardId, holder, inVain),
  drop: async (cardId) => {
    await db
      .ofSubject(cardId)
      .updateTable('cards')
      .set({ ...noClaim, mode: 'dropped' })
      .where('id', '=', cardId)
      .execute();
  },
  behindAt: (tenantId, conversationId) =>
    behindAt(db.acrossTenants('exports of guests'), tenantId, conversationId),
});

interface TakenRow extends CardRow {
  readonly is_ours: boolean;
  readonly blocked: boolean;
  readonly seconds_left: number;
  readonly version: number;
  readonly has_names: boolean;
  readonly is_asked: boolean;
  readonly has_notices: boolean;
  readonly told: readonly string[];
}

/** What was taken as it is after that: somebody may have shown it since the statement began. */
async function take(
  db: Kysely<Tables>,
  { kind, id }: SubjectRef,
  holder: string,
  { seconds, maxUnknownPosts }: Parameters<Cards['take']>[2],
): Promise<TakenCards> {
  const ofSubject = sql<boolean>`cards.${sql.ref(columnOf[kind])} = ${id}`;
  const { rows } = await sql<TakenRow>`
    WITH behind AS (
      SELECT id FROM cards WHERE ${ofSubject} AND ${unclaimed}
        AND (mode = 'moved' AND shown_version = 0 OR mode = 'live' AND shown_version < ${versionNow}
          AND (activity_id IS NOT NULL OR unknown_posts < ${maxUnknownPosts}))
      FOR UPDATE SKIP LOCKED),
    ours AS (
      UPDATE cards SET claimed_by = ${holder}, claimed_until = ${secondsFromNow(seconds)}
      FROM behind WHERE cards.id = behind.id RETURNING cards.*)
    SELECT id, is_ours, export_id, own_file_id, activity_id, shown_version, mode, unknown_posts, fresh_posts, placed_at,
      cards.tenant_id, conversation_id, kind, service_url, bot_channel_id, blocked, NOT ${unclaimed} AS is_taken,
      coalesce(${secondsLeft}, 0) AS seconds_left, ${versionNow} AS version,
      ${hasNamesNow} AS has_names, ${ofItsPerson('sign_in_requests', sql`AND NOT on_card`)} AS is_asked,
      EXISTS (SELECT FROM standing_notices WHERE export_id = cards.export_id) AS has_notices,
      ARRAY(SELECT key FROM notices WHERE export_id = cards.export_id) AS told
    FROM (SELECT true AS is_ours, ours.* FROM ours UNION ALL
      SELECT false, cards.* FROM cards WHERE ${ofSubject} AND id NOT IN (SELECT id FROM ours)) AS cards
    JOIN conversations USING (tenant_id, base_id)
    ORDER BY position`.execute(db);
  return {
    cards: rows.map((row) => ({
      card: cardOf(row),
      isOurs: row.is_ours,
      isBlocked: row.blocked,
      seconds: row.seconds_left,
    })),
    ...present({ version: rows[0]?.version, hasNames: rows[0]?.has_names, isAsked: rows[0]?.is_asked }),
    hasNotices: rows[0]?.has_notices === true,
    told: rows[0]?.told ?? [],
  };
}

async function claim(
  db: Kysely<Tables>,
  cardId: string,
  holder: string,
  seconds: number,
): Promise<CardClaim> {
  const taken = await db
    .updateTable('cards')
    .from('conversations')
    .set(claimFor(holder, seconds))
    .where('id', '=', cardId)
    .where(unclaimed)
    .whereRef('conversations.tenant_id', '=', 'cards.tenant_id')
    .whereRef('conversations.base_id', '=', 'cards.base_id')
    .returning([...cardColumns, 'blocked', versionNow.as('version'), hasNamesNow.as('hasNames')])
    .executeTakeFirst();
  if (taken !== undefined) {
    const { blocked: isBlocked, version, hasNames } = taken;
    return { kind: 'claimed', card: cardOf(taken), isBlocked, version, hasNames };
  }
  const row = await db
    .selectFrom('cards')
    .select(secondsLeft.as('seconds_left'))
    .where('id', '=', cardId)
    .executeTakeFirst();
  return row === undefined ? { kind: 'missing' } : { kind: 'held', seconds: row.seconds_left };
}

async function releaseClaim(
  db: Kysely<Tables>,
  cardId: string,
  holder: string,
  inVain?: PostInVain,
): Promise<void> {
  const mine = held(db, cardId, holder);
  if (inVain === undefined) {
    await mine.set(noClaim).execute();
    return;
  }
  const counted = mine
    .set({ claimed_by: null, ...extended(inVain.rest) })
    .set('unknown_posts', (card) => card('unknown_posts', '+', 1));
  // The activity is gone, so the next card is a first post again.
  const next =
    inVain.as === 'unknownPost'
      ? counted
      : counted.set({ activity_id: null }).set('fresh_posts', (card) => card('fresh_posts', '+', 1));
  await next.execute();
}

/** Whether a table has rows of the person whose export it is. */
const ofItsPerson = (table: string, where = sql``): RawBuilder<boolean> => sql<boolean>`EXISTS (
  SELECT FROM exports JOIN ${sql.table(table)} USING (tenant_id, user_id) WHERE exports.id = cards.export_id ${where})`;
const hasNamesNow = ofItsPerson('target_names');

const secondsLeft = sql<number>`greatest(extract(epoch FROM claimed_until - now()), 0)::float8`;

const held = (db: Kysely<Tables>, cardId: string, holder: string) =>
  db.updateTable('cards').where('id', '=', cardId).where('claimed_by', '=', holder);

const cardColumns = [
  'id',
  'export_id',
  'own_file_id',
  'activity_id',
  'shown_version',
  'mode',
  'unknown_posts',
  'fresh_posts',
  'placed_at',
  'cards.tenant_id',
  'conversation_id',
  'kind',
  'service_url',
  'bot_channel_id',
  sql<boolean>`NOT ${unclaimed}`.as('is_taken'),
] as const;

const withConversation = (db: Kysely<Tables>) =>
  db
    .selectFrom('cards')
    .innerJoin('conversations', (join) =>
      join
        .onRef('conversations.tenant_id', '=', 'cards.tenant_id')
        .onRef('conversations.base_id', '=', 'cards.base_id'),
    )
    .select(cardColumns);

type CardRow = Awaited<ReturnType<ReturnType<typeof withConversation>['executeTakeFirstOrThrow']>>;

const modeSchema: z.ZodType<TrackedCard['mode']> = z.enum(['live', 'moved', 'dropped']);

const cardOf = (row: CardRow): TrackedCard => ({
  id: row.id,
  subject: subjectOf(row),
  conversation: conversationOf(row),
  ...present({ activityId: row.activity_id ?? undefined, placedAt: row.placed_at ?? undefined }),
  shownVersion: row.shown_version,
  mode: modeSchema.parse(row.mode),
  unknownPosts: row.unknown_posts,
  freshPosts: row.fresh_posts,
  isTaken: row.is_taken,
});
