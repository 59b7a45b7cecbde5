/** Leases work on a file to one holder at a time, and counts the holders that vanished: port FileWorkClaims. */
import { sql, type Kysely } from 'kysely';
import type { FileWork, FileWorkClaims } from '../../../ports/readings.ts';
import { claimFor, extended, noClaim, unclaimedIn } from '../rows/lease.ts';
import type { Tables } from '../rows/table-types.ts';

const nameOf = ({ kind, id }: FileWork): string => `${kind} ${id}`;

export const createFileWorkClaims = (db: Kysely<Tables>): FileWorkClaims => ({
  claim: async (work, holder, seconds) => {
    const claim = claimFor(holder, seconds);
    const row = await db
      .insertInto('file_work_claims')
      .values({ work: nameOf(work), ...claim, claims_kept: 1 })
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
  extend: async (work, holder, seconds) => {
    const { numUpdatedRows } = await db
      .updateTable('file_work_claims')
      .set(extended(seconds))
      .where('work', '=', nameOf(work))
      .where('claimed_by', '=', holder)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },
  release: async (work, holder, outcome = 'done') => {
    if (outcome === 'untouched') {
      await db
        .updateTable('file_work_claims')
        .set({ ...noClaim, claims_kept: sql<number>`claims_kept - 1` })
        .where('work', '=', nameOf(work))
        .where('claimed_by', '=', holder)
        .execute();
      return;
    }
    await db
      .deleteFrom('file_work_claims')
      .where('work', '=', nameOf(work))
      .where('claimed_by', '=', holder)
      .execute();
  },
});
