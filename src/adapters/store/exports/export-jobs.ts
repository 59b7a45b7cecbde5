/** Stores exports, each leased to one holder at a time: port ExportJobs over the table `exports`. */
import { sql, type Compilable, type Kysely, type RawBuilder } from 'kysely';
import type { Target } from '../../../domain/exports/target.ts';
import { graphJobIdOf, type ExportJob, type Person } from '../../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../../ports/export-jobs.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { entryColumns, valuesOf } from '../audit/stored-entry.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import { isUniqueViolation } from '../engine/sql-errors.ts';
import { claimFor, claimsKeptAfter, extended, noClaim, secondsFromNow } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';
import { createExportLookups } from './export-lookups.ts';
import { createSettleLook } from './export-wakes.ts';
import { changingColumns, exportColumns, exportOf, rowOf } from './stored-export.ts';
import { isFree, isShown, leaseSeconds } from './take-due.ts';

export const createExportJobs = (db: ScopedDb, vault: Vault): ExportJobs => ({
  insert: (job, how) => insert({ db: db.ofPerson(job.requester), vault }, job, how),
  load: async (id) => {
    const row = await byId(db.ofSubject(id), id).executeTakeFirst();
    return row && exportOf(row);
  },
  lock: async (id) => {
    const row = await byId(db.ofSubject(id), id).forUpdate().executeTakeFirst();
    return row && exportOf(row);
  },
  loadOwn: async (person, id) => {
    const row = await ofPerson(db.ofPerson(person), person).where('id', '=', id).executeTakeFirst();
    return row && exportOf(row);
  },
  save: (job, how) => {
    const { isTransaction } = db;
    return save({ db: db.ofPerson(job.requester), vault, isTransaction }, job, how);
  },
  newest: async (person, target) => {
    const row = await ofTarget(db.ofPerson(person), person, target)
      .orderBy('is_open', 'desc')
      .orderBy('requested_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && exportOf(row);
  },
  shownIn: async (person, conversationId, activityId) => {
    const own = db.ofPerson(person);
    const there = own
      .selectFrom('cards')
      .select('export_id')
      .where('tenant_id', '=', person.tenantId)
      .where('conversation_id', '=', conversationId);
    const cards = activityId === undefined ? there : there.where('activity_id', '=', activityId);
    const row = await ofPerson(own, person)
      .where('id', 'in', cards)
      .orderBy('requested_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && exportOf(row);
  },
  recentOf: async (person, max) => {
    const rows = await ofPerson(db.ofPerson(person), person)
      .orderBy('requested_at', 'desc')
      .limit(max)
      .execute();
    return rows.map(exportOf);
  },
  ...createExportLookups(db, vault),
  ...createExportClaims(db),
  settleLook: createSettleLook(db.acrossTenants('looks of many tenants in one statement')),
});

const byId = (db: Kysely<Tables>, id: string) =>
  db.selectFrom('exports').select(exportColumns).where('id', '=', id);

const ofPerson = (db: Kysely<Tables>, person: Person) =>
  db
    .selectFrom('exports')
    .select(exportColumns)
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId);

const ofTarget = (db: Kysely<Tables>, person: Person, { source, key }: Target) =>
  ofPerson(db, person).where('source', '=', source).where('target_key', '=', key);

const wakeOf = (seconds: number | undefined) =>
  seconds === undefined ? {} : { wake_at: secondsFromNow(seconds), woken_by: null };

interface StoreDeps {
  readonly db: Kysely<Tables>;
  readonly vault: Vault;
}

async function insert(
  { db, vault }: StoreDeps,
  job: ExportJob,
  { wakeIn, audit }: Parameters<ExportJobs['insert']>[1] = {},
): ReturnType<ExportJobs['insert']> {
  const inserting = db
    .insertInto('exports')
    .values({ ...rowOf(job), ...wakeOf(wakeIn) })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'user_id', 'source', 'target_key'])
        .where(sql<boolean>`is_open`)
        .doNothing(),
    )
    .returning('id');
  return (await isWritten(db, inserting, audit && valuesOf(vault, audit))) ? 'inserted' : 'alreadyOpen';
}

async function save(
  { db, vault, isTransaction }: StoreDeps & { readonly isTransaction: boolean },
  job: ExportJob,
  { over, doneBy, wakeIn, audit }: NonNullable<Parameters<ExportJobs['save']>[1]> = {},
): ReturnType<ExportJobs['save']> {
  const change = changingColumns(job);
  const claim = doneBy === undefined ? { claims_kept: claimsKeptWhenSaved(job) } : givenBack(job, doneBy);
  const byId = db
    .updateTable('exports')
    .set({ ...change, ...claim, ...wakeOf(wakeIn) })
    .where('id', '=', job.id);
  const update = over === undefined ? byId : byId.where(isStill(over));
  // Cannot meet another open export: this one is open already, or is not going to be.
  const usual = change.is_open ? update.where('is_open', '=', true) : update;
  const told = audit && valuesOf(vault, audit);
  if (await isWritten(db, usual.returning('id'), told)) return 'saved';
  const reopened = await orAlreadyOpen(isTransaction ? db : undefined, () =>
    isWritten(db, update.returning('id'), told),
  );
  if (reopened === 'alreadyOpen') return reopened;
  if (reopened) return 'saved';
  if (over === undefined) throw new Error(`Export ${job.id} is not there to be saved`);
  return 'overtaken';
}

/** Together with what the audit trail tells of it, in one statement. */
async function isWritten(
  db: Kysely<Tables>,
  written: Compilable & { readonly execute: () => Promise<readonly unknown[]> },
  told: ReturnType<typeof valuesOf> | undefined,
): Promise<boolean> {
  if (told === undefined) return (await written.execute()).length === 1;
  const { rows } = await sql`WITH saved AS (${written})
    INSERT INTO audit_entries (${entryColumns}) SELECT ${told} FROM saved RETURNING id`.execute(db);
  return rows.length === 1;
}

/** By its content, so that it does not matter who has changed it, an earlier release included. */
function isStill(read: ExportJob): RawBuilder<boolean> {
  const { version, due_at: dueAt, state, contact } = changingColumns(read);
  return sql<boolean>`version = ${version} AND due_at IS NOT DISTINCT FROM ${dueAt}::timestamptz
    AND state = ${state}::jsonb AND contact = ${contact}::jsonb`;
}

/**
 * A violation would undo the whole transaction around it, hence the savepoint.
 * @param trx the transaction, where there is one
 */
async function orAlreadyOpen<T>(
  trx: Kysely<Tables> | undefined,
  work: () => Promise<T>,
): Promise<T | 'alreadyOpen'> {
  const mark = async (what: 'SAVEPOINT' | 'RELEASE SAVEPOINT' | 'ROLLBACK TO SAVEPOINT'): Promise<void> => {
    if (trx !== undefined) await sql.raw(`${what} reopening`).execute(trx);
  };
  await mark('SAVEPOINT');
  try {
    const result = await work();
    await mark('RELEASE SAVEPOINT');
    return result;
  } catch (error) {
    await mark('ROLLBACK TO SAVEPOINT');
    if (isUniqueViolation(error)) return 'alreadyOpen';
    throw error;
  }
}

/** Counts the holders that vanished. A claim that has not run out keeps everybody out, the same holder's second try included. */
const createExportClaims = (db: ScopedDb): Pick<ExportJobs, 'claim' | 'extendClaim' | 'releaseClaim'> => ({
  claim: async (id, holder, seconds) => {
    const row = await db
      .ofSubject(id)
      .updateTable('exports')
      .set({
        ...claimFor(holder, seconds),
        claims_kept: sql<number>`claims_kept + 1`,
      })
      .where('id', '=', id)
      .where(isFree)
      .returning(exportColumns)
      .returning(['claims_kept', isShown.as('is_shown')])
      .executeTakeFirst();
    return row && { job: exportOf(row), isShown: row.is_shown, crashes: row.claims_kept - 1 };
  },
  extendClaim: async (id, holder, seconds) => {
    const { numUpdatedRows } = await db
      .ofSubject(id)
      .updateTable('exports')
      .set({ ...extended(seconds), ...held(holder) })
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  releaseClaim: async (id, holder, outcome = 'done') => {
    await db
      .ofSubject(id)
      .updateTable('exports')
      .set({ ...noClaim, claims_kept: claimsKeptAfter[outcome] })
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .execute();
  },
});

/** For a save: whoever moves an export on has not been killed by it, and counts from the claim that is held now. */
const claimsKeptWhenSaved = (job: ExportJob) => sql<number>`CASE
  WHEN status = ${job.state.status}
    AND state ->> 'graphJobId' IS NOT DISTINCT FROM ${graphJobIdOf(job.state) ?? null}::text THEN claims_kept
  WHEN claimed_by IS NULL THEN 0
  ELSE least(claims_kept, 1) END`;

/** A look that was settled as it began, and takes long: from now on it is held as if it had been claimed, and counts as one. */
const held = (holder: string) => ({
  claims_kept: sql<number>`greatest(claims_kept, 1)`,
  wake_at: sql<Date>`CASE WHEN claims_kept = 0 AND woken_by = ${holder}
    THEN ${secondsFromNow(leaseSeconds)} ELSE wake_at END`,
});

const givenBack = (job: ExportJob, holder: string) => ({
  claimed_by: sql<null>`nullif(claimed_by, ${holder})`,
  claimed_until: sql<null>`CASE WHEN claimed_by = ${holder} THEN NULL ELSE claimed_until END`,
  claims_kept: sql<number>`CASE WHEN claimed_by = ${holder} THEN 0 ELSE ${claimsKeptWhenSaved(job)} END`,
  // What it shows is still to come, and its next look may be minutes away.
  wake_at: sql<Date>`CASE WHEN claimed_by = ${holder} AND woken_by = ${holder} AND claims_kept = 0
    THEN ${secondsFromNow(leaseSeconds)} ELSE wake_at END`,
});
