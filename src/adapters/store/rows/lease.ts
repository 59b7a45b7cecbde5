/** Leases on rows, timed by the database's clock because instances' may disagree. Ours because they live in the rows that they are about. */
import { sql, type RawBuilder } from 'kysely';

export const secondsFromNow = (seconds: number): RawBuilder<Date> =>
  sql<Date>`now() + ${seconds}::double precision * interval '1 second'`;

/** What a row gets that is `unclaimed`: to be set together with asking for that. */
export const claimFor = (holder: string, seconds: number) => ({
  claimed_by: holder,
  ...extended(seconds),
});

/** For a row that is `claimed_by` the holder. */
export const extended = (seconds: number) => ({ claimed_until: secondsFromNow(seconds) });

export const noClaim = { claimed_by: null, claimed_until: null } as const;

/** Claims in a row that were never given back, where they are counted. */
export const claimsKeptAfter = {
  done: sql<number>`0`,
  untouched: sql<number>`greatest(claims_kept - 1, 0)`,
  broken: sql<number>`greatest(claims_kept, 1)`,
};

/** Nobody holds the row, or whoever did is late. */
export const unclaimed = unclaimedAs(sql.ref('claimed_until'));

/** Where another row is there that has the column, too. */
export const unclaimedIn = (table: string): RawBuilder<boolean> =>
  unclaimedAs(sql.ref(`${table}.claimed_until`));

function unclaimedAs(until: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${until} IS NULL OR ${until} <= now())`;
}
