/** Stores files that people send: port OwnFiles. */
import { sql, type Kysely } from 'kysely';
import * as z from 'zod';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { OwnFile, OwnFileState } from '../../../domain/own-files/own-file.ts';
import { present } from '../../../domain/present.ts';
import type { Conversation } from '../../../ports/conversation.ts';
import type { AttachedFile, OwnFiles } from '../../../ports/people-files.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { baseIdOf, withConversationOf } from '../conversations/conversations.ts';
import { createOwnFileBytes } from './own-file-bytes.ts';
import {
  columnsOfRequester,
  requesterOf,
  maybeSealedAsText,
  openJson,
  sealJson,
  storableJson,
  storableText,
} from '../rows/column-values.ts';
import { unreadableKinds, unreadCause } from './stored-reading-schema.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const placeOf = (id: string): string => `own_files ${id}`;

export const createOwnFiles = (db: ScopedDb, vault: Vault): OwnFiles => ({
  add: (file, conversation, attached) =>
    add(db.ofPerson(file.owner, conversation), vault, file, { conversation, attached }),
  load: async (id) => {
    const row = await files(db.ofSubject(id)).where('id', '=', id).executeTakeFirst();
    return row && fileOf(row);
  },
  loadOwn: async (person, id) => {
    const row = await files(db.ofPerson(person))
      .where('id', '=', id)
      .where('tenant_id', '=', person.tenantId)
      .where('user_id', '=', person.userId)
      .executeTakeFirst();
    return row && fileOf(row);
  },
  save: async (file) => {
    const { numUpdatedRows } = await db
      .ofPerson(file.owner)
      .updateTable('own_files')
      .set(changingColumns(file))
      .where('id', '=', file.id)
      .where('version', '=', file.version - 1)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? 'saved' : 'overtaken';
  },
  attachmentOf: (file) => attachmentOf(db.ofPerson(file.owner), vault, file),
  forgetAttachment: async (id) => {
    await db
      .ofSubject(id)
      .updateTable('own_files')
      .set({ key_id: null, sealed: null })
      .where('id', '=', id)
      .execute();
  },
  countSince: async (person, since) => count(ofPerson(db, person).where('received_at', '>=', since)),
  countUnderWay: async (person) =>
    count(ofPerson(db, person).where(sql<string>`state ->> 'status'`, 'in', ['received', 'reading'])),
  ...createOwnFileBytes(db, vault),
});

const ofPerson = (db: ScopedDb, person: Person) =>
  db
    .ofPerson(person)
    .selectFrom('own_files')
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId);

async function count(those: ReturnType<typeof ofPerson>): Promise<number> {
  const { rows } = await those.select(({ fn }) => fn.countAll().as('rows')).executeTakeFirstOrThrow();
  return Number(rows);
}

async function add(
  db: Kysely<Tables>,
  vault: Vault,
  file: OwnFile,
  { conversation, attached }: { readonly conversation: Conversation; readonly attached: AttachedFile },
): Promise<void> {
  const { id, owner, name, receivedAt } = file;
  const { tenantId, conversationId } = conversation;
  await withConversationOf(db, conversation)
    .insertInto('own_files')
    .values({
      id,
      tenant_id: owner.tenantId,
      user_id: owner.userId,
      ...columnsOfRequester(owner),
      conversation_tenant_id: tenantId,
      conversation_id: conversationId,
      base_id: baseIdOf(conversationId),
      name: storableText(name),
      received_at: receivedAt,
      ...changingColumns(file),
      ...(await sealJson(vault, owner, placeOf(id), attached)),
    })
    .execute();
}

async function attachmentOf(
  db: Kysely<Tables>,
  vault: Vault,
  { id, owner }: OwnFile,
): Promise<AttachedFile | undefined> {
  const row = await db
    .selectFrom('own_files')
    .select(['key_id', maybeSealedAsText.as('sealed')])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.key_id === null || row.sealed === null) return undefined;
  const sealed = { key_id: row.key_id, sealed: row.sealed };
  return attachedFileSchema.safeParse(await openJson(vault, owner, placeOf(id), sealed)).data;
}

const changingColumns = ({ kind, size, state, keptUntil, version }: OwnFile) => ({
  kind: kind ?? null,
  size: size ?? null,
  state: storableJson(state),
  kept_until: keptUntil ?? null,
  version,
});

const files = (db: Kysely<Tables>) =>
  db
    .selectFrom('own_files')
    .select(['id', 'tenant_id', 'user_id', 'user_name', 'channel_user_id', 'locale', 'name', 'kind', 'size'])
    .select(['received_at', 'state', 'kept_until', 'version']);

const attachedFileSchema: z.ZodType<AttachedFile> = z.object({ name: z.string(), downloadUrl: z.string() });

const ownFileStateSchema: z.ZodType<OwnFileState> = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['received', 'reading', 'read']) }),
  z.object({ status: z.literal('unread'), why: unreadCause }),
  z.object({
    status: z.literal('notTaken'),
    why: z.enum([
      ...unreadableKinds,
      'linkTooOld',
      'hostNotAllowed',
      'redirected',
      'tooLarge',
      'empty',
      'unreachable',
    ] as const),
  }),
]);

const ownFileKindSchema: z.ZodType<NonNullable<OwnFile['kind']>> = z.enum(['csv', 'xlsx']);

type FileRow = Awaited<ReturnType<ReturnType<typeof files>['executeTakeFirstOrThrow']>>;

const fileOf = (row: FileRow): OwnFile => ({
  id: row.id,
  owner: requesterOf(row),
  name: row.name,
  receivedAt: row.received_at,
  version: row.version,
  state: ownFileStateSchema.parse(row.state),
  ...present({
    kind: row.kind === null ? undefined : ownFileKindSchema.parse(row.kind),
    size: row.size ?? undefined,
    keptUntil: row.kept_until ?? undefined,
  }),
});
