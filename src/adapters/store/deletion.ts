/** Deletes what has had its time, counts and erases what is kept of one person: port PersonalData. */
import { sql, type Kysely } from 'kysely';
import type { Person } from '../../domain/exports/export-job.ts';
import type { KeptData, PersonalData, Vault } from '../../ports/personal-data.ts';
import { countErased } from './rows/erased-wishes.ts';
import { forgottenAfter } from './conversations/inbound.ts';
import type { ScopedDb } from './engine/scoped-db.ts';
import type { Tables } from './rows/table-types.ts';

/** Kept a day longer, to say "used" or "expired" instead of "unknown". */
const goneBy = sql<Date>`now() - interval '1 day'`;

export type PurgeExpired = (now: Date) => Promise<void>;

/**
 * @param retentionDays of exports with all that refers to them, people's own files, unused tokens, names, ended schedules
 * @param tenants that the bot serves, all unless given: of others nothing goes on, so that nothing ends
 */
export function createPurgeExpired(
  scoped: ScopedDb,
  retentionDays: number,
  tenants?: ReadonlySet<string>,
): PurgeExpired {
  return async function purgeExpired(now) {
    const db = scoped.acrossTenants('the age of a row decides');
    const oldest = new Date(now.getTime() - retentionDays * 24 * 3600 * 1000);
    const dayAgo = new Date(now.getTime() - 24 * 3600 * 1000);
    await db.deleteFrom('exports').where('is_open', '=', false).where('since', '<', oldest).execute();
    await db.deleteFrom('schedules').where('state', '=', 'ended').where('since', '<', oldest).execute();
    // Nobody has said yes to it within a day.
    await db.deleteFrom('schedules').where('state', '=', 'offered').where('since', '<', dayAgo).execute();
    await purgeNames(db, oldest);
    // Each use renews them.
    await db.deleteFrom('token_partitions').where('updated_at', '<', oldest).execute();
    await db.deleteFrom('erased_wishes').where('asked_at', '<', dayAgo).execute();
    await db.deleteFrom('inbound_activities').where('seen_at', '<', forgottenAfter).execute();
    await db.deleteFrom('sign_in_attempts').where('expires_at', '<', goneBy).execute();
    await db.deleteFrom('sign_in_nonces').where('expires_at', '<', goneBy).execute();
    // A prompt in a conversation lasts as long as something waits for it; a question on a card, one day.
    await db
      .deleteFrom('sign_in_requests')
      .where('on_card', '=', true)
      .where('asked_at', '<', goneBy)
      .execute();
    // Nothing waits that long: it was asked for by words, and never answered.
    await db.deleteFrom('sign_in_requests').where('asked_at', '<', oldest).execute();
    await db.deleteFrom('sso_exchanges').where('expires_at', '<', goneBy).execute();
    await purgeFiles(db, now, oldest);
    await db.deleteFrom('download_links').where('expires_at', '<', goneBy).execute();
    if (tenants !== undefined) await purgeOthers(db, [...tenants], oldest);
  };
}

/** What is open of tenants that are not served is as old as its last step; their conversations go with the last of it. */
async function purgeOthers(db: Kysely<Tables>, tenants: readonly string[], oldest: Date): Promise<void> {
  const ofOthers = sql<boolean>`tenant_id <> ALL(${tenants}::text[])`;
  await db.deleteFrom('exports').where(ofOthers).where('since', '<', oldest).execute();
  const lastDue = sql<Date>`coalesce(next_at, since, made_at)`;
  await db.deleteFrom('schedules').where(ofOthers).where(lastDue, '<', oldest).execute();
  await db.deleteFrom('sign_in_requests').where(ofOthers).where('asked_at', '<', oldest).execute();
  await sql`DELETE FROM conversations WHERE ${ofOthers}
    AND NOT EXISTS (SELECT FROM exports WHERE exports.tenant_id = conversations.tenant_id)
    AND NOT EXISTS (SELECT FROM schedules WHERE schedules.tenant_id = conversations.tenant_id)
    AND NOT EXISTS (SELECT FROM own_files WHERE own_files.tenant_id = conversations.tenant_id)`.execute(db);
}

/** A name is as old as the newest export of what it names: its person's, or anybody's who may export by it. */
async function purgeNames(db: Kysely<Tables>, oldest: Date): Promise<void> {
  for (const table of ['target_names', 'shared_names'] as const) {
    const names = sql.table(table);
    const whose = table === 'target_names' ? sql`AND exports.user_id = ${names}.user_id` : sql``;
    await sql`DELETE FROM ${names} WHERE given_at < ${oldest} AND NOT EXISTS (
      SELECT FROM exports WHERE exports.tenant_id = ${names}.tenant_id AND exports.source = ${names}.source
        AND exports.target_key = ${names}.target_key ${whose})`.execute(db);
  }
}

/** The bytes of people's own files go first. */
async function purgeFiles(db: Kysely<Tables>, now: Date, oldest: Date): Promise<void> {
  const over = db.selectFrom('own_files').select('id').where('kept_until', '<', now);
  await db.deleteFrom('own_file_parts').where('file_id', 'in', over).execute();
  await db.updateTable('own_files').set({ kept_until: null }).where('kept_until', '<', now).execute();
  await db.deleteFrom('own_files').where('received_at', '<', oldest).execute();
  await db.deleteFrom('snapshots').where('as_of', '<', oldest).execute();
  await db.deleteFrom('save_offers').where('offered_at', '<', goneBy).execute();
  // Earlier releases wrote no time beside a claim that was given back.
  await db
    .deleteFrom('file_work_claims')
    .where((is) => is.or([is('claimed_until', '<', goneBy), is('claimed_until', 'is', null)]))
    .execute();
}

/** What refers to an export or an own file (cards, notices, links, readings, bytes) is deleted with it. */
const personalTables = [
  // First: a run that begins at this moment is either waited for or finds nothing.
  'schedules',
  'exports',
  'own_files',
  'snapshots',
  'save_offers',
  'sign_in_requests',
  'sign_in_nonces',
  'sso_exchanges',
  'target_names',
  'shared_names',
] as const;

const nothingKept: KeptData = {
  exports: 0,
  openExports: 0,
  readings: 0,
  snapshots: 0,
  ownFiles: 0,
  names: 0,
  schedules: 0,
  sharedNames: 0,
};

export const createPersonalData = (db: ScopedDb, vault: Vault): PersonalData => ({
  count: async ({ tenantId, userId }) => {
    const mine = sql`tenant_id = ${tenantId} AND user_id = ${userId}`;
    const { rows } = await sql<KeptData>`SELECT
      (SELECT count(*)::int FROM exports WHERE ${mine}) AS exports,
      (SELECT count(*)::int FROM exports WHERE ${mine} AND is_open) AS "openExports",
      (SELECT count(*)::int FROM readings WHERE ${mine}) AS readings,
      (SELECT count(*)::int FROM snapshots WHERE ${mine}) AS snapshots,
      (SELECT count(*)::int FROM own_files WHERE ${mine}) AS "ownFiles",
      (SELECT count(*)::int FROM target_names WHERE ${mine}) AS names,
      (SELECT count(*)::int FROM schedules WHERE ${mine} AND state NOT IN ('offered', 'ended')) AS schedules,
      (SELECT count(*)::int FROM shared_names WHERE ${mine}) AS "sharedNames"`.execute(
      db.ofPerson({ tenantId, userId }),
    );
    return rows[0] ?? nothingKept;
  },
  erase: async (person, since) => {
    const [mark] = vault.marksOf(person);
    const own = db.ofPerson(person);
    await rememberWishes(own, person, { mark, since });
    for (const table of personalTables) await eraseFrom(own, table, person);
  },
  countErased: async (person, what, since) => {
    const { rows } = await sql<{
      erased: number;
    }>`SELECT (${countErased(vault, person, what, since)}) AS erased`.execute(db.ofPerson(person));
    return rows[0]?.erased ?? 0;
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
      SELECT 'exports' AS what, requested_at AS asked_at, tenant_id, user_id FROM exports WHERE NOT is_scheduled
      UNION ALL
      SELECT 'exports', (run ->> 'requestedAt')::timestamptz, tenant_id, user_id
      FROM exports, jsonb_array_elements(past_runs) AS run WHERE NOT is_scheduled
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
