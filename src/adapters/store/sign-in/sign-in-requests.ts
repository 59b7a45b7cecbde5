/** Stores the outstanding sign-in questions, one for each person and conversation: port SignInRequests. */
import { sql, type Kysely } from 'kysely';
import * as z from 'zod';
import type { Person, SignInCause } from '../../../domain/exports/export-job.ts';
import { present } from '../../../domain/present.ts';
import type { Conversation } from '../../../ports/conversation.ts';
import type { SignInRequest, SignInRequests } from '../../../ports/sign-ins.ts';
import { baseIdOf, conversationOf, withConversationOf } from '../conversations/conversations.ts';
import { columnsOfRequester, requesterOf } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

export const createSignInRequests = (db: ScopedDb): SignInRequests => ({
  ask: (request) => ask(db.ofPerson(request.person, request.conversation), request),
  askAgain: async ({ id, askedAt: found, activityId = null }, askedAt) => {
    const { numUpdatedRows } = await db
      .ofSubject(id)
      .updateTable('sign_in_requests')
      .set({ asked_at: askedAt })
      .where('id', '=', id)
      .where('asked_at', '=', found)
      .where('activity_id', 'is not distinct from', activityId)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  outstanding: (person, conversation) => outstanding(db.ofPerson(person, conversation), person, conversation),
  find: async (id) => {
    const row = await withConversation(db.ofSubject(id)).where('r.id', '=', id).executeTakeFirst();
    return row && requestOf(row);
  },
  firstPosted: async (id, activityId) => {
    const { numUpdatedRows } = await db
      .ofSubject(id)
      .updateTable('sign_in_requests')
      .set({ activity_id: activityId, is_behind: false })
      .where('id', '=', id)
      .where((is) => is.or([is('activity_id', 'is', null), is('activity_id', '=', activityId)]))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  posted: (id, activityId) => posted(db.ofSubject(id), id, activityId),
  isAsked: async ({ tenantId, userId }, which = 'all') => {
    const asked = db
      .ofPerson({ tenantId, userId })
      .selectFrom('sign_in_requests')
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('user_id', '=', userId);
    const meant = which === 'all' ? asked : asked.where('on_card', '=', false);
    return (await meant.executeTakeFirst()) !== undefined;
  },
  settle: async ({ tenantId, userId }, which = 'all') => {
    const mine = taking(db.ofPerson({ tenantId, userId }))
      .where('r.tenant_id', '=', tenantId)
      .where('r.user_id', '=', userId);
    const meant = which === 'all' ? mine : mine.where('r.on_card', '=', false);
    return (await meant.execute()).map(requestOf);
  },
  settleOne: async (id) => {
    const row = await taking(db.ofSubject(id)).where('r.id', '=', id).executeTakeFirst();
    return row && requestOf(row);
  },
});

/** The outstanding question keeps its id, so that links on older prompts still work; a changed one counts as new. */
async function ask(
  db: Kysely<Tables>,
  asked: Omit<SignInRequest, 'activityId'>,
): Promise<{ readonly request: SignInRequest; readonly isNew: boolean }> {
  const row = await put(db, asked).returning(['id', 'activity_id', 'is_behind']).executeTakeFirst();
  if (row !== undefined) {
    const posted = present({ activityId: row.activity_id ?? undefined });
    return { request: { ...asked, id: row.id, ...posted, ...behindOf(row) }, isNew: true };
  }
  const request = await outstanding(db, asked.person, asked.conversation);
  // Answered between the two statements.
  return request === undefined ? ask(db, asked) : { request, isNew: false };
}

/** Two that post at once each learn of the other's prompt, or of the one before. */
async function posted(
  db: Kysely<Tables>,
  id: string,
  activityId: string,
): ReturnType<SignInRequests['posted']> {
  const { rows } = await sql<{ replaced: string | null }>`
    WITH before AS (SELECT activity_id FROM sign_in_requests WHERE id = ${id} FOR UPDATE)
    UPDATE sign_in_requests AS r SET activity_id = ${activityId}, is_behind = false FROM before WHERE r.id = ${id}
    RETURNING NULLIF(before.activity_id, ${activityId}) AS replaced`.execute(db);
  const [row] = rows;
  return row === undefined
    ? { kind: 'withdrawn' }
    : { kind: 'posted', ...present({ replaced: row.replaced ?? undefined }) };
}

async function outstanding(
  db: Kysely<Tables>,
  { tenantId, userId }: Person,
  { conversationId }: Conversation,
): Promise<SignInRequest | undefined> {
  const row = await withConversation(db)
    .where('r.tenant_id', '=', tenantId)
    .where('r.user_id', '=', userId)
    .where('r.conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row && requestOf(row);
}

/** Touches no row when the same question is outstanding. */
function put(db: Kysely<Tables>, asked: Omit<SignInRequest, 'activityId'>) {
  const { person, conversation } = asked;
  const question = {
    cause: asked.cause,
    silent: asked.silent,
    claims: asked.claims ?? null,
    asked_at: asked.askedAt,
    ...columnsOfRequester(person),
    on_card: asked.onCard === true,
  };
  return withConversationOf(db, conversation)
    .insertInto('sign_in_requests')
    .values({
      id: asked.id,
      tenant_id: person.tenantId,
      user_id: person.userId,
      conversation_tenant_id: conversation.tenantId,
      conversation_id: conversation.conversationId,
      base_id: baseIdOf(conversation.conversationId),
      ...question,
    })
    .onConflict((outstanding) =>
      outstanding
        .columns(['tenant_id', 'user_id', 'conversation_id'])
        .doUpdateSet({ ...question, is_behind: true })
        .where((is) =>
          is.and([
            is.val(!question.on_card),
            is.or([
              is('sign_in_requests.on_card', '=', true),
              is('sign_in_requests.cause', '<>', question.cause),
              is('sign_in_requests.claims', 'is distinct from', question.claims),
              is.and([is('sign_in_requests.silent', '=', true), is.val(!question.silent)]),
            ]),
          ]),
        ),
    );
}

const columns = [
  'r.id',
  'r.tenant_id',
  'r.user_id',
  'r.user_name',
  'r.channel_user_id',
  'r.locale',
  'r.conversation_id',
  'r.conversation_tenant_id',
  'r.cause',
  'r.silent',
  'r.claims',
  'r.on_card',
  'r.activity_id',
  'r.asked_at',
  'r.is_behind',
  'c.kind',
  'c.service_url',
  'c.bot_channel_id',
] as const;

const withConversation = (db: Kysely<Tables>) =>
  db
    .selectFrom('sign_in_requests as r')
    .innerJoin('conversations as c', (join) =>
      join.onRef('c.tenant_id', '=', 'r.conversation_tenant_id').onRef('c.base_id', '=', 'r.base_id'),
    )
    .select(columns);

/** Each row goes to one caller only: a second DELETE waits for the first, and then finds nothing. */
const taking = (db: Kysely<Tables>) =>
  db
    .deleteFrom('sign_in_requests as r')
    .using('conversations as c')
    .whereRef('c.tenant_id', '=', 'r.conversation_tenant_id')
    .whereRef('c.base_id', '=', 'r.base_id')
    .returning(columns);

type Row = Awaited<ReturnType<ReturnType<typeof withConversation>['executeTakeFirstOrThrow']>>;

const causeSchema: z.ZodType<SignInCause> = z.enum(['signIn', 'claims', 'consent', 'adminConsent']);

const requestOf = (row: Row): SignInRequest => ({
  id: row.id,
  person: requesterOf(row),
  conversation: conversationOf({ ...row, tenant_id: row.conversation_tenant_id }),
  cause: causeSchema.parse(row.cause),
  silent: row.silent,
  askedAt: row.asked_at,
  ...present({ claims: row.claims ?? undefined, activityId: row.activity_id ?? undefined }),
  ...(row.on_card && { onCard: true }),
  ...behindOf(row),
});

const behindOf = ({ is_behind: isBehind }: Pick<Row, 'is_behind'>): Pick<SignInRequest, 'isBehind'> =>
  isBehind ? { isBehind } : {};
