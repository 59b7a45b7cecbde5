/** Answers for the last two files of a series, kept to compare the next one with: port Snapshots. */
import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { FileSource } from '../../../domain/okrs/file/file-source.ts';
import type { Series, Snapshots } from '../../../ports/readings.ts';
import type { Vault } from '../../../ports/vault.ts';
import { openJson, sealJson, sealedAsText } from '../rows/column-values.ts';
import { snapshotSchema } from './stored-reading-schema.ts';
import type { Tables } from '../rows/table-types.ts';

const placeOf = (id: string): string => `snapshots ${id}`;
/** One export may have several runs. */
const sourceOf = ({ kind, id }: FileSource, asOf: Date): string => `${kind} ${id} ${asOf.toISOString()}`;

/** The name of a person's file is theirs: the database need not know it. */
const seriesOf = (person: Person, { kind, name }: Series): string =>
  createHash('sha256')
    .update(JSON.stringify([person.tenantId, person.userId, kind, name]))
    .digest('base64url');

export const createSnapshots = (db: Kysely<Tables>, vault: Vault): Snapshots => ({
  before: async (person, series, { source, asOf }) => {
    const row = await ofSeries(db, person, series)
      .where('as_of', '<=', asOf)
      .where('source', '<>', sourceOf(source, asOf))
      .orderBy('as_of', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const snapshot = snapshotSchema.safeParse(await openJson(vault, person, placeOf(row.id), row)).data;
    return snapshot && { snapshot, asOf: row.as_of };
  },
  keep: async (person, series, { source, asOf, snapshot }) => {
    const id = randomUUID();
    const sealed = await sealJson(vault, person, placeOf(id), snapshot);
    const whose = { tenant_id: person.tenantId, user_id: person.userId, series: seriesOf(person, series) };
    const taken = { id, as_of: asOf, ...sealed };
    await db
      .insertInto('snapshots')
      .values({ ...whose, source: sourceOf(source, asOf), ...taken })
      .onConflict((known) => known.columns(['tenant_id', 'user_id', 'series', 'source']).doUpdateSet(taken))
      .execute();
    await sql`DELETE FROM snapshots WHERE id IN (
      SELECT id FROM snapshots WHERE tenant_id = ${whose.tenant_id} AND user_id = ${whose.user_id}
        AND series = ${whose.series} ORDER BY as_of DESC, id = ${id} DESC OFFSET 2)`.execute(db);
  },
});

const ofSeries = (db: Kysely<Tables>, person: Person, series: Series) =>
  db
    .selectFrom('snapshots')
    .select(['id', 'as_of', 'key_id', sealedAsText.as('sealed')])
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId)
    .where('series', '=', seriesOf(person, series));
