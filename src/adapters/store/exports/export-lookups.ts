/** Looks up many exports at once: how many, who waits, how long runs took. */
import { sql, type Kysely } from 'kysely';
import type { Target } from '../../../domain/exports/target.ts';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { ExportCounts, ExportJobs } from '../../../ports/export-jobs.ts';
import type { Vault } from '../../../ports/personal-data.ts';
import { countErased } from '../rows/erased-wishes.ts';
import type { ScopedDb } from '../engine/scoped-db.ts';
import type { Tables } from '../rows/table-types.ts';
import { exportColumns, exportOf } from './stored-export.ts';

type Lookups = Pick<
  ExportJobs,
  | 'heldGraphJobs'
  | 'lockCounts'
  | 'counts'
  | 'waitingFor'
  | 'waitingForConsent'
  | 'concernedBySignIn'
  | 'pausedForOperator'
  | 'openOf'
  | 'finishedRuns'
>;

export const createExportLookups = (db: ScopedDb, vault: Vault): Lookups => ({
  heldGraphJobs: (person, target, exceptExportId) =>
    heldGraphJobs(db.ofPerson(person), person, target, exceptExportId),
  lockCounts: async (tenantId) => {
    const key = `exports of ${tenantId}`;
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(
      db.deferred.ofTenant(tenantId),
    );
  },
  counts: (person, since) => counts({ db: db.ofTenant(person.tenantId), vault }, person, since),
  waitingFor: async (person) => {
    const waiting = waitingOf(db.ofPerson(person), person).where(waitingCause, 'is not', null);
    return (await waiting.execute()).map(exportOf);
  },
  waitingForConsent: async (tenantId) => {
    const waiting = waitingOf(db.ofTenant(tenantId), { tenantId }).where(waitingCause, '=', 'adminConsent');
    return (await waiting.execute()).map(exportOf);
  },
  concernedBySignIn: (person) => concernedBySignIn(db.ofTenant(person.tenantId), person),
  pausedForOperator: async () => {
    // Only a pause for the operator resumes by itself. Literally, as the index says it.
    const paused = db
      .acrossTenants('the operator has mended what paused them')
      .selectFrom('exports')
      .where(sql<boolean>`due_step = 'resume'`);
    return paused.select(['id', 'tenant_id as tenantId']).execute();
  },
  openOf: async (person) =>
    (await exportsOf(db.ofPerson(person), person).where('is_open', '=', true).execute()).map(exportOf),
  finishedRuns: (tenantId, target) => finishedRuns(db.ofTenant(tenantId), tenantId, target),
});

const waitingCause = sql<
  string | null
>`CASE status WHEN 'ready' THEN state ->> 'signInCause' ELSE state ->> 'cause' END`;

const exportsOf = (db: Kysely<Tables>, scope: Person | { readonly tenantId: string }) => {
  const ofTenant = db.selectFrom('exports').select(exportColumns).where('tenant_id', '=', scope.tenantId);
  return 'userId' in scope ? ofTenant.where('user_id', '=', scope.userId) : ofTenant;
};

const waitingOf = (db: Kysely<Tables>, scope: Person | { readonly tenantId: string }) =>
  exportsOf(db, scope).where('status', 'in', ['waitingForSignIn', 'ready']);

type Concerned = Awaited<ReturnType<ExportJobs['concernedBySignIn']>>;

/** One statement, asked within each sign-in. */
async function concernedBySignIn(db: Kysely<Tables>, { tenantId, userId }: Person): Promise<Concerned> {
  const { rows } = await sql<Concerned>`SELECT
    EXISTS (
      SELECT FROM exports WHERE tenant_id = ${tenantId} AND status IN ('waitingForSignIn', 'ready')
        AND ${waitingCause} = 'adminConsent') AS "isConsentAwaited",
    EXISTS (
      SELECT FROM schedules WHERE tenant_id = ${tenantId} AND user_id = ${userId}
        AND state NOT IN ('offered', 'ended')) AS "hasSchedules"`.execute(db);
  return rows[0] ?? { isConsentAwaited: false, hasSchedules: false };
}

async function heldGraphJobs(
  db: Kysely<Tables>,
  person: Person,
  target: Target,
  exceptExportId: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ held: string }>`
    WITH mine AS (
      SELECT id, state, past_runs FROM exports
      WHERE tenant_id = ${person.tenantId} AND user_id = ${person.userId}
        AND source = ${target.source} AND target_key = ${target.key}
    )
    SELECT state ->> 'graphJobId' AS held FROM mine
      WHERE id <> ${exceptExportId} AND state ->> 'graphJobId' IS NOT NULL
    UNION
    SELECT run ->> 'graphJobId' FROM mine, jsonb_array_elements(past_runs) AS run
      WHERE run ->> 'graphJobId' IS NOT NULL`.execute(db);
  return rows.map(({ held }) => held);
}

/** An export whose newest run is older has no newer one in its past. */
async function counts(
  { db, vault }: { readonly db: Kysely<Tables>; readonly vault: Vault },
  person: Person,
  since: Date,
): Promise<ExportCounts> {
  const ofTenant = sql`FROM exports WHERE tenant_id = ${person.tenantId} AND NOT is_scheduled`;
  const ofPerson = sql`${ofTenant} AND user_id = ${person.userId}`;
  const { rows } = await sql<ExportCounts>`SELECT
    (SELECT count(*)::int ${ofPerson} AND is_open) AS "openOfPerson",
    (SELECT count(*)::int ${ofTenant} AND is_open) AS "openOfTenant",
    (SELECT coalesce(sum(1 + (
      SELECT count(*) FROM jsonb_array_elements(past_runs) AS run
      WHERE (run ->> 'requestedAt')::timestamptz >= ${since}
    )), 0)::int ${ofPerson} AND requested_at >= ${since}) + (${countErased(vault, person, 'exports', since)})
      AS "askedByPerson"`.execute(db);
  return rows[0] ?? { openOfPerson: 0, openOfTenant: 0, askedByPerson: 0 };
}

/** Seconds. Joined runs began before the bot followed them. `since` is when the file was ready. */
async function finishedRuns(
  db: Kysely<Tables>,
  tenantId: string,
  { source, key }: Target,
): ReturnType<ExportJobs['finishedRuns']> {
  const newest = (isTarget: boolean) => sql`(
    SELECT ${isTarget}::boolean AS "isTarget",
      greatest(0, extract(epoch FROM since - (contact ->> 'followedSince')::timestamptz))::float8 AS seconds
    FROM exports WHERE tenant_id = ${tenantId} AND source = ${source} AND status = 'ready' AND NOT joined
      AND contact ->> 'followedSince' IS NOT NULL ${isTarget ? sql`AND target_key = ${key}` : sql``}
    ORDER BY since DESC LIMIT 20)`;
  const { rows } = await sql<{ isTarget: boolean; seconds: number }>`
    ${newest(true)} UNION ALL ${newest(false)}`.execute(db);
  const secondsOf = (isTarget: boolean) =>
    rows.filter((row) => row.isTarget === isTarget).map(({ seconds }) => seconds);
  return { ofTarget: secondsOf(true), ofSource: secondsOf(false) };
}
