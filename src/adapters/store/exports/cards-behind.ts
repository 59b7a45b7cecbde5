/** Finds what has cards in a conversation that do not show its newest version, or may lack the prompt that belongs to them. */
import { sql, type Kysely } from 'kysely';
import type { SubjectRef } from '../../../domain/okrs/file/okr-file.ts';
import { baseIdOf } from '../conversations/conversations.ts';
import { subjectOf } from '../rows/subject-columns.ts';
import type { Tables } from '../rows/table-types.ts';

const maxBehind = 100;

/** Of the card's subject. */
export const versionNow = sql<number>`coalesce(
  (SELECT version FROM exports WHERE exports.id = cards.export_id),
  (SELECT version FROM own_files WHERE own_files.id = cards.own_file_id))`;

export async function behindAt(
  db: Kysely<Tables>,
  tenantId: string,
  conversationId: string,
): Promise<readonly SubjectRef[]> {
  const rows = await db
    .selectFrom('cards')
    .leftJoin('exports', 'exports.id', 'cards.export_id')
    .select(['cards.export_id', 'cards.own_file_id'])
    .distinct()
    .where('cards.tenant_id', '=', tenantId)
    .where('cards.base_id', '=', baseIdOf(conversationId))
    .where('cards.mode', '=', 'live')
    .where((where) =>
      where.or([
        sql<boolean>`cards.shown_version < ${versionNow}`,
        // Its sign-in prompt may be what could not be sent.
        where('exports.status', '=', 'waitingForSignIn'),
      ]),
    )
    .limit(maxBehind)
    .execute();
  return rows.map(subjectOf);
}
