/** Leases an export to one holder at a time, and counts the holders that vanished. */
import { sql, type Kysely } from 'kysely';
import { graphJobIdOf, type ExportJob } from '../../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../../ports/export-jobs.ts';
import { claimFor, extended, noClaim, unclaimed } from '../rows/lease.ts';
import { exportOf } from './stored-export.ts';
import type { Tables } from '../rows/table-types.ts';

/** A claim that has not run out keeps everybody out, the same holder's second try included. */
export const createExportClaims = (
  db: Kysely<Tables>,
): Pick<ExportJobs, 'claim' | 'extendClaim' | 'releaseClaim'> => ({
  claim: async (id, holder, seconds) => {
    const row = await db
      .updateTable('exports')
      .set({
        ...claimFor(holder, seconds),
        claims_kept: sql<number>`claims_kept + 1`,
      })
      .where('id', '=', id)
      .where(unclaimed)
      .returningAll()
      .executeTakeFirst();
    return row && { job: exportOf(row), crashes: row.claims_kept - 1 };
  },
  extendClaim: async (id, holder, seconds) => {
    const { numUpdatedRows } = await db
      .updateTable('exports')
      .set(extended(seconds))
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  releaseClaim: async (id, holder, outcome = 'done') => {
    await db
      .updateTable('exports')
      .set({ ...noClaim, claims_kept: claimsKeptAfter[outcome] })
      .where('id', '=', id)
      .where('claimed_by', '=', holder)
      .execute();
  },
});

const claimsKeptAfter = {
  done: sql<number>`0`,
  untouched: sql<number>`greatest(claims_kept - 1, 0)`,
  broken: sql<number>`claims_kept`,
};

/** For a save: whoever moves an export on has not been killed by it, and counts from the claim that is held now. */
export const claimsKeptWhenSaved = (job: ExportJob) => sql<number>`CASE
  WHEN status = ${job.state.status}
    AND state ->> 'graphJobId' IS NOT DISTINCT FROM ${graphJobIdOf(job.state) ?? null}::text THEN claims_kept
  WHEN claimed_by IS NULL THEN 0
  ELSE 1 END`;
