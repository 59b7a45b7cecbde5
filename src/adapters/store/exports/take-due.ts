/** Gives each export that is due to one worker, and to another if that dies. */
import { sql, type Kysely } from 'kysely';
import type { TakenExport } from '../../../ports/export-jobs.ts';
import { claimFor, secondsFromNow, unclaimed } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';
import { exportColumns, exportOf } from './stored-export.ts';

/** For a worker that is not heard of; three heartbeats. */
export const leaseSeconds = 15;

interface Taking {
  readonly holder: string;
  readonly max: number;
  readonly exceptTenants: readonly string[];
}

/** Takes and claims those that are due, the longest overdue first. Whoever holds a claim is left alone. */
export async function takeDue(db: Kysely<Tables>, taking: Taking): Promise<readonly TakenExport[]> {
  const { holder, max, exceptTenants } = taking;
  const due = db
    .selectFrom('exports')
    .select('id')
    .where('wake_at', '<=', sql<Date>`now()`)
    .where(unclaimed)
    .where(sql<boolean>`tenant_id <> ALL(${exceptTenants}::text[])`)
    .orderBy('wake_at')
    .limit(max)
    .forUpdate()
    .skipLocked();
  const rows = await db
    .updateTable('exports')
    .set({
      ...claimFor(holder, leaseSeconds),
      claims_kept: sql<number>`claims_kept + 1`,
      wake_at: secondsFromNow(leaseSeconds),
      woken_by: holder,
    })
    .where('id', '=', sql<string>`ANY(ARRAY(${due}))`)
    .returning(exportColumns)
    .returning(['claims_kept', isShown.as('is_shown')])
    .execute();
  return rows.map((row) => ({
    exportId: row.id,
    tenantId: row.tenant_id,
    holder,
    found: () => ({ job: exportOf(row), isShown: row.is_shown, crashes: row.claims_kept - 1 }),
  }));
}

/** Its cards show its version, and no notice stands beside them. */
export const isShown = sql<boolean>`NOT EXISTS (
    SELECT FROM cards WHERE cards.export_id = exports.id
      AND (mode = 'live' AND shown_version < exports.version OR mode = 'moved' AND shown_version = 0))
  AND NOT EXISTS (SELECT FROM standing_notices WHERE standing_notices.export_id = exports.id)`;
