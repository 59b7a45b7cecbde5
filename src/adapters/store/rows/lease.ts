/** Answers for leases on rows, timed by the database's clock: instances' clocks may disagree. */
import { sql, type RawBuilder } from 'kysely';

export const secondsFromNow = (seconds: number): RawBuilder<Date> =>
  sql<Date>`now() + ${seconds}::double precision * interval '1 second'`;

/** For tables with `claimed_until`: nobody holds the row, or whoever did is late. */
export const unclaimed = sql<boolean>`(claimed_until IS NULL OR claimed_until <= now())`;

export const noClaim = { claimed_by: null, claimed_until: null } as const;
