/** Stores the bytes of a file that somebody sent in sealed pieces, so that only one is in memory at a time. */
import { sql, type Kysely } from 'kysely';
import { inChunks } from '../../../blocks/byte-streams.ts';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { OwnFile } from '../../../domain/own-files/own-file.ts';
import type { OwnFiles } from '../../../ports/people-files.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { fromColumn, sealedAsText, toColumn } from '../rows/column-values.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';

const pieceBytes = 1_000_000;

const idOf = (fileId: string, position: number): string => `${fileId}/${String(position)}`;
const placeOf = (id: string): string => `own_file_parts ${id}`;

export const createOwnFileBytes = (
  scoped: ScopedDb,
  vault: Vault,
): Pick<OwnFiles, 'keepBytes' | 'bytesOf'> => ({
  keepBytes: async (file, bytes) => {
    const db = scoped.ofPerson(file.owner);
    await remove(db, file.id);
    let size = 0;
    let position = 0;
    try {
      for await (const piece of inChunks(bytes, pieceBytes)) {
        size += piece.length;
        await keep(db, vault, file, position, piece);
        position += 1;
      }
    } catch (error) {
      await remove(db, file.id);
      throw error;
    }
    return { size };
  },
  bytesOf: async ({ id, owner }) => {
    const db = scoped.ofPerson(owner);
    const { count } = await db
      .selectFrom('own_file_parts')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('file_id', '=', id)
      .executeTakeFirstOrThrow();
    return count === 0 ? undefined : streamOf(db, vault, owner, id, count);
  },
});

const remove = async (db: Kysely<Tables>, fileId: string): Promise<void> => {
  await db.deleteFrom('own_file_parts').where('file_id', '=', fileId).execute();
};

async function keep(
  db: Kysely<Tables>,
  vault: Vault,
  { id: fileId, owner }: OwnFile,
  position: number,
  piece: Uint8Array,
): Promise<void> {
  const id = idOf(fileId, position);
  const { keyId, bytes } = vault.seal(owner, placeOf(id), piece);
  await db
    .insertInto('own_file_parts')
    .values({
      id,
      file_id: fileId,
      position,
      key_id: keyId,
      sealed: toColumn(bytes),
      tenant_id: owner.tenantId,
      user_id: owner.userId,
    })
    .execute();
}

function streamOf(
  db: Kysely<Tables>,
  vault: Vault,
  owner: Person,
  fileId: string,
  count: number,
): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (position === count) {
          controller.close();
          return;
        }
        const id = idOf(fileId, position);
        position += 1;
        const row = await db
          .selectFrom('own_file_parts')
          .select(['key_id', sealedAsText.as('sealed')])
          .where('id', '=', id)
          .executeTakeFirst();
        const piece =
          row && vault.open(owner, placeOf(id), { keyId: row.key_id, bytes: fromColumn(row.sealed) });
        if (piece === undefined) throw new Error(`Piece ${id} of a kept file cannot be read`);
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
}
