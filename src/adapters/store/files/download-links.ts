/** Stores one-time download links: port DownloadLinks. Only the token's hash is stored. */
import { sql, type Kysely } from 'kysely';
import { fileFormats } from '../../../domain/okrs/file/okr-file.ts';
import type { DownloadLinks } from '../../../ports/people-files.ts';
import { secondsFromNow } from '../rows/lease.ts';
import { columnOf, referenceTo, subjectOf } from '../rows/subject-columns.ts';
import { hashOf } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

export const createDownloadLinks = (db: ScopedDb): DownloadLinks => ({
  issue: async (token, { person, subject }, lifetimeSeconds) => {
    await db
      .ofPerson(person)
      .insertInto('download_links')
      .values({
        token_hash: hashOf(token),
        tenant_id: person.tenantId,
        user_id: person.userId,
        ...referenceTo(subject),
        expires_at: secondsFromNow(lifetimeSeconds),
      })
      .execute();
  },
  find: (token) => find(db.ofSubject(hashOf(token)), token),
  unusedFor: async ({ kind, id }) => {
    const { left } = await db
      .ofSubject(id)
      .selectFrom('download_links')
      .select(sql<number>`greatest(extract(epoch FROM max(expires_at) - now()), 0)::float8`.as('left'))
      .where(columnOf[kind], '=', id)
      .where(sql<boolean>`taken_formats = '{}'`)
      .executeTakeFirstOrThrow();
    return left;
  },
  claim: async (token, format) => {
    const link = db.ofSubject(hashOf(token));
    const { numUpdatedRows } = await link
      .updateTable('download_links')
      .set({ taken_formats: sql<string[]>`array_append(taken_formats, ${format})` })
      .where('token_hash', '=', hashOf(token))
      .where(sql<boolean>`NOT (${format} = ANY(taken_formats))`)
      .where('expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return 'claimed';
    const { kind } = await find(link, token);
    // Open for other formats, or released between the two statements: it was used when it was asked for.
    return kind === 'open' ? 'used' : kind;
  },
  release: async (token, format) => {
    await db
      .ofSubject(hashOf(token))
      .updateTable('download_links')
      .set({ taken_formats: sql<string[]>`array_remove(taken_formats, ${format})` })
      .where('token_hash', '=', hashOf(token))
      .execute();
  },
});

async function find(db: Kysely<Tables>, token: string): ReturnType<DownloadLinks['find']> {
  const row = await db
    .selectFrom('download_links')
    .select(['tenant_id', 'user_id', 'export_id', 'own_file_id', 'taken_formats'])
    .select(sql<boolean>`expires_at <= now()`.as('is_expired'))
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (row === undefined) return { kind: 'unknown' };
  const taken = fileFormats.filter((format) => row.taken_formats.includes(format));
  if (taken.length === fileFormats.length) return { kind: 'used' };
  if (row.is_expired) return { kind: 'expired' };
  const person = { tenantId: row.tenant_id, userId: row.user_id };
  return { kind: 'open', person, subject: subjectOf(row), taken };
}
