/** Counts and erases what is kept of one person: port PersonalData. */
import { sql, type Kysely } from 'kysely';
import type { Person } from '../../domain/exports/export-job.ts';
import type { KeptData, PersonalData } from '../../ports/personal-data.ts';
import type { Vault } from '../../ports/vault.ts';
import type { Tables } from './rows/table-types.ts';

/** What refers to an export or an own file (cards, notices, links, readings, bytes) is deleted with it. */
const personalTables = [
  'exports',
  'own_files',
  'snapshots',
  'save_offers',
  'sign_in_requests',
  'sign_in_nonces',
  'sso_exchanges',
] as const;

export const createPersonalData = (db: Kysely<Tables>, vault: Vault): PersonalData => ({
  count: async ({ tenantId, userId }) => {
    const mine = sql`tenant_id = ${tenantId} AND user_id = ${userId}`;
    const { rows } = await sql<KeptData>`SELECT
      (SELECT count(*)::int FROM exports WHERE ${mine}) AS exports,
      (SELECT count(*)::int FROM exports WHERE ${mine} AND is_open) AS "openExports",
      (SELECT count(*)::int FROM readings WHERE ${mine}) AS readings,
      (SELECT count(*)::int FROM snapshots WHERE ${mine}) AS snapshots,
      (SELECT count(*)::int FROM own_files WHERE ${mine}) AS "ownFiles"`.execute(db);
    return rows[0] ?? { exports: 0, openExports: 0, readings: 0, snapshots: 0, ownFiles: 0 };
  },
  erase: async (person, since) => {
    const [mark] = vault.marksOf(person);
    await rememberWishes(db, person, { mark, since });
    for (const table of personalTables) await eraseFrom(db, table, person);
  },
  countErased: async (person, what, since) => {
    const counted = await db
      .selectFrom('erased_wishes')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('person_mark', 'in', [...vault.marksOf(person)])
      .where('what', '=', what)
      .where('asked_at', '>=', since)
      .executeTakeFirstOrThrow();
    return counted.count;
  },
});

/** Each run counts, past ones too. */
async function rememberWishes(
  db: Kysely<Tables>,
  { tenantId, userId }: Person,
  { mark, since }: { readonly mark: string; readonly since: Date },
): Promise<void> {
  await sql`INSERT INTO erased_wishes (person_mark, what, asked_at)
    SELECT ${mark}, what, asked_at FROM (
      SELECT 'exports' AS what, requested_at AS asked_at, tenant_id, user_id FROM exports
      UNION ALL
      SELECT 'exports', (run ->> 'requestedAt')::timestamptz, tenant_id, user_id
      FROM exports, jsonb_array_elements(past_runs) AS run
      UNION ALL
      SELECT 'files', received_at, tenant_id, user_id FROM own_files
    ) AS wishes
    WHERE tenant_id = ${tenantId} AND user_id = ${userId} AND asked_at >= ${since}`.execute(db);
}

async function eraseFrom(
  db: Kysely<Tables>,
  table: (typeof personalTables)[number],
  { tenantId, userId }: Person,
): Promise<void> {
  await sql`DELETE FROM ${sql.table(table)} WHERE tenant_id = ${tenantId} AND user_id = ${userId}`.execute(
    db,
  );
}
