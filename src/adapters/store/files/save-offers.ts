/** Stores offers to save a file to OneDrive, and where to, once accepted: port SaveOffers. */
import { sql, type Kysely } from 'kysely';
import * as z from 'zod';
import type { Person } from '../../../domain/exports/export-job.ts';
import { fileFormats } from '../../../domain/okrs/file/okr-file.ts';
import type { SaveOffer, SaveOffers, UploadTarget } from '../../../ports/people-files.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { baseIdOf, conversationOf, withConversationOf } from '../conversations/conversations.ts';
import {
  columnsOfRequester,
  maybeSealedAsText,
  openJson,
  requesterOf,
  sealJson,
} from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const placeOf = (id: string): string => `save_offers ${id}`;

export const createSaveOffers = (db: ScopedDb, vault: Vault): SaveOffers => ({
  make: async (offer) => {
    const { id, person, conversation, subject, format } = offer;
    if (await isAsked(db.ofPerson(person), offer)) return false;
    const { tenantId, conversationId } = conversation;
    await withConversationOf(db.ofPerson(person, conversation), conversation)
      .insertInto('save_offers')
      .values({
        id,
        tenant_id: person.tenantId,
        user_id: person.userId,
        ...columnsOfRequester(person),
        conversation_tenant_id: tenantId,
        conversation_id: conversationId,
        base_id: baseIdOf(conversationId),
        source_kind: subject.kind,
        source_id: subject.id,
        format,
      })
      .execute();
    return true;
  },
  findOwn: async (person, id) => {
    const row = await offers(db.ofPerson(person))
      .where('o.id', '=', id)
      .where('o.tenant_id', '=', person.tenantId)
      .where('o.user_id', '=', person.userId)
      .executeTakeFirst();
    return row && offerOf(row);
  },
  accept: async (person, id, target) => {
    const { numUpdatedRows } = await ofPerson(db.ofPerson(person), person, id)
      .set(await sealJson(vault, person, placeOf(id), target))
      .where('key_id', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  accepted: async (id) => {
    const row = await offers(db.ofSubject(id)).where('o.id', '=', id).executeTakeFirst();
    if (row === undefined || row.key_id === null || row.sealed === null) return undefined;
    const offer = offerOf(row);
    const sealed = { key_id: row.key_id, sealed: row.sealed };
    const opened = await openJson(vault, offer.person, placeOf(id), sealed);
    const target = uploadTargetSchema.safeParse(opened).data;
    return target && { offer, target };
  },
  settle: async (id) => {
    const over = { settled: true, key_id: null, sealed: null };
    await db.ofSubject(id).updateTable('save_offers').set(over).where('id', '=', id).execute();
  },
});

/** Whoever asks at the same time waits for the caller's transaction. */
async function isAsked(db: Kysely<Tables>, { person, subject, format: wanted }: SaveOffer): Promise<boolean> {
  const key = `save_offers ${person.tenantId} ${person.userId}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
  const asked = await db
    .selectFrom('save_offers')
    .select('id')
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId)
    .where('source_kind', '=', subject.kind)
    .where('source_id', '=', subject.id)
    .where('format', '=', wanted)
    .where('settled', '=', false)
    .where('key_id', 'is', null)
    .where('offered_at', '>', sql<Date>`now() - interval '1 minute'`)
    .executeTakeFirst();
  return asked !== undefined;
}

const ofPerson = (db: Kysely<Tables>, { tenantId, userId }: Person, id: string) =>
  db
    .updateTable('save_offers')
    .where('id', '=', id)
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .where('settled', '=', false);

const offers = (db: Kysely<Tables>) =>
  db
    .selectFrom('save_offers as o')
    .innerJoin('conversations as c', (join) =>
      join.onRef('c.tenant_id', '=', 'o.conversation_tenant_id').onRef('c.base_id', '=', 'o.base_id'),
    )
    .select([
      'o.id',
      'o.user_id',
      'o.user_name',
      'o.channel_user_id',
      'o.locale',
      'o.key_id',
      maybeSealedAsText.as('sealed'),
    ])
    .select(['o.source_kind', 'o.source_id', 'o.format', 'o.conversation_id'])
    .select(['o.tenant_id as owner_tenant_id', 'c.tenant_id', 'c.kind', 'c.service_url', 'c.bot_channel_id'])
    .where('o.settled', '=', sql<boolean>`false`);

type OfferRow = Awaited<ReturnType<ReturnType<typeof offers>['executeTakeFirstOrThrow']>>;

const subjectKind = z.enum(['export', 'ownFile']);
const format = z.enum(fileFormats);

const uploadTargetSchema: z.ZodType<UploadTarget> = z.object({
  name: z.string(),
  uploadUrl: z.string(),
  contentUrl: z.string(),
  uniqueId: z.string().exactOptional(),
  fileType: z.string().exactOptional(),
});

const offerOf = (row: OfferRow): SaveOffer => ({
  id: row.id,
  person: requesterOf({ ...row, tenant_id: row.owner_tenant_id }),
  conversation: conversationOf(row),
  subject: { kind: subjectKind.parse(row.source_kind), id: row.source_id },
  format: format.parse(row.format),
});
