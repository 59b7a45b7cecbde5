/** Stores what files say, sealed, and who works on one: ports Readings, Snapshots and FileWorkClaims. */
import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { SubjectRef } from '../../../domain/okrs/file/okr-file.ts';
import type {
  FileWork,
  FileWorkClaims,
  Reading,
  Readings,
  Series,
  Snapshots,
} from '../../../ports/readings.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { openJson, sealJson, sealedAsText } from '../rows/column-values.ts';
import { claimFor, claimsKeptAfter, extended, unclaimedIn } from '../rows/lease.ts';
import { referenceTo, columnOf } from '../rows/subject-columns.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { readingSchema, snapshotSchema } from './stored-reading-schema.ts';

const readingPlace = ({ id }: SubjectRef): string => `readings ${id}`;

/** One row for each export or own file. */
export const createReadings = (db: ScopedDb, vault: Vault): Readings => ({
  ofExports: async (person, ids) => {
    const rows = await db
      .ofPerson(person)
      .selectFrom('readings')
      .select(['id', 'key_id', sealedAsText.as('sealed')])
      .where('export_id', 'in', [...ids])
      .where('tenant_id', '=', person.tenantId)
      .where('user_id', '=', person.userId)
      .execute();
    const found = await Promise.all(
      rows.map(
        async (row) => [row.id, await readingIn(vault, person, { kind: 'export', id: row.id }, row)] as const,
      ),
    );
    return new Map(found.flatMap(([id, reading]) => (reading === undefined ? [] : [[id, reading] as const])));
  },
  find: async (person, subject) => {
    const row = await ofSubject(db.ofPerson(person), person, subject).executeTakeFirst();
    return row && readingIn(vault, person, subject, row);
  },
  keep: async (person, subject, reading) => {
    const sealed = await sealJson(vault, person, readingPlace(subject), reading);
    const owner = { tenant_id: person.tenantId, user_id: person.userId };
    await db.deferred
      .ofPerson(person)
      .insertInto('readings')
      .values({ id: subject.id, ...referenceTo(subject), ...owner, ...sealed })
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

/** Of an older version of the bot, or of a key that is gone: as if never read. */
const readingIn = async (
  vault: Vault,
  person: Person,
  subject: SubjectRef,
  row: Parameters<typeof openJson>[3],
): Promise<Reading | undefined> =>
  readingSchema.safeParse(await openJson(vault, person, readingPlace(subject), row)).data;

const ofSubject = (db: Kysely<Tables>, person: Person, { kind, id }: SubjectRef) =>
  db
    .selectFrom('readings')
    .select(['key_id', sealedAsText.as('sealed')])
    .where(columnOf[kind], '=', id)
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId);

const snapshotPlace = (id: string): string => `snapshots ${id}`;
/** One export may have several runs. */
const runOf = ({ kind, id }: SubjectRef, asOf: Date): string => `${kind} ${id} ${asOf.toISOString()}`;

/** Hashed: the database need not know the name of a person's file. */
const seriesOf = (person: Person, { kind, name }: Series): string =>
  createHash('sha256')
    .update(JSON.stringify([person.tenantId, person.userId, kind, name]))
    .digest('base64url');

/** To compare the next file of a series with: the last two of each. */
export const createSnapshots = (db: ScopedDb, vault: Vault): Snapshots => ({
  before: async (person, series, { subject, asOf }) => {
    const row = await ofSeries(db.ofPerson(person), person, series)
      .where('as_of', '<=', asOf)
      .where('source', '<>', runOf(subject, asOf))
      .orderBy('as_of', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const snapshot = snapshotSchema.safeParse(await openJson(vault, person, snapshotPlace(row.id), row)).data;
    return snapshot && { snapshot, asOf: row.as_of };
  },
  keep: async (person, series, { subject, asOf, snapshot }) => {
    const id = randomUUID();
    const sealed = await sealJson(vault, person, snapshotPlace(id), snapshot);
    const whose = { tenant_id: person.tenantId, user_id: person.userId, series: seriesOf(person, series) };
    const taken = { id, as_of: asOf, ...sealed };
    const own = db.deferred.ofPerson(person);
    await own
      .insertInto('snapshots')
      .values({ ...whose, source: runOf(subject, asOf), ...taken })
      .onConflict((known) => known.columns(['tenant_id', 'user_id', 'series', 'source']).doUpdateSet(taken))
      .execute();
    await sql`DELETE FROM snapshots WHERE id IN (
      SELECT id FROM snapshots WHERE tenant_id = ${whose.tenant_id} AND user_id = ${whose.user_id}
        AND series = ${whose.series} ORDER BY as_of DESC, id = ${id} DESC OFFSET 2)`.execute(own);
  },
});

const ofSeries = (db: Kysely<Tables>, person: Person, series: Series) =>
  db
    .selectFrom('snapshots')
    .select(['id', 'as_of', 'key_id', sealedAsText.as('sealed')])
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId)
    .where('series', '=', seriesOf(person, series));

const workOf = ({ kind, id }: FileWork): string => `${kind} ${id}`;

/** Leases work on a file to one holder at a time, and counts the holders that vanished. */
export const createFileWorkClaims = (scoped: ScopedDb): FileWorkClaims => {
  const db = scoped.acrossTenants('leases are nobody’s');
  return {
    claim: async (work, holder, seconds) => {
      const claim = claimFor(holder, seconds);
      const row = await db
        .insertInto('file_work_claims')
        .values({ work: workOf(work), ...claim, claims_kept: 1 })
        .onConflict((known) =>
          known
            .column('work')
            .doUpdateSet({ ...claim, claims_kept: sql<number>`file_work_claims.claims_kept + 1` })
            .where(unclaimedIn('file_work_claims')),
        )
        .returning('claims_kept')
        .executeTakeFirst();
      return row && { crashes: row.claims_kept - 1 };
    },
    extendClaim: async (work, holder, seconds) => {
      const { numUpdatedRows } = await db
        .updateTable('file_work_claims')
        .set(extended(seconds))
        .where(heldBy(work, holder))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    releaseClaim: async (work, holder, outcome = 'done') => {
      const held = heldBy(work, holder);
      // What is done is not counted any more.
      await (
        outcome === 'done'
          ? db.deleteFrom('file_work_claims').where(held)
          : db
              .updateTable('file_work_claims')
              // Free from now on, and forgotten a day later.
              .set({ claimed_by: null, ...extended(0), claims_kept: claimsKeptAfter[outcome] })
              .where(held)
      ).execute();
    },
  };
};

const heldBy = (work: FileWork, holder: string) =>
  sql<boolean>`work = ${workOf(work)} AND claimed_by = ${holder}`;
