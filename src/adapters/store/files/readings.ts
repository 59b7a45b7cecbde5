/** Answers for keeping what files say: port Readings, one sealed row for each export or own file. */
import type { Kysely } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { FileSource } from '../../../domain/okrs/file/file-source.ts';
import type { Readings } from '../../../ports/readings.ts';
import type { Vault } from '../../../ports/vault.ts';
import { openJson, sealJson, sealedAsText } from '../rows/column-values.ts';
import { readingSchema } from './stored-reading-schema.ts';
import type { Tables } from '../rows/table-types.ts';

const placeOf = ({ id }: FileSource): string => `readings ${id}`;

export const createReadings = (db: Kysely<Tables>, vault: Vault): Readings => ({
  find: async (person, source) => {
    const row = await ofSource(db, person, source).executeTakeFirst();
    if (row === undefined) return undefined;
    // Of an older version of the bot, or of a key that is gone: as good as never read.
    return readingSchema.safeParse(await openJson(vault, person, placeOf(source), row)).data;
  },
  keep: async (person, source, reading) => {
    const sealed = await sealJson(vault, person, placeOf(source), reading);
    const owner = { tenant_id: person.tenantId, user_id: person.userId };
    await db
      .insertInto('readings')
      .values({ id: source.id, ...referenceTo(source), ...owner, ...sealed })
      .onConflict((known) =>
        known
          .column('id')
          .doUpdateSet(sealed)
          .where('readings.tenant_id', '=', person.tenantId)
          .where('readings.user_id', '=', person.userId),
      )
      .execute();
  },
});

export const referenceTo = ({ kind, id }: FileSource) =>
  kind === 'export' ? { export_id: id } : { own_file_id: id };

const ofSource = (db: Kysely<Tables>, person: Person, { kind, id }: FileSource) =>
  db
    .selectFrom('readings')
    .select(['key_id', sealedAsText.as('sealed')])
    .where(kind === 'export' ? 'export_id' : 'own_file_id', '=', id)
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId);
