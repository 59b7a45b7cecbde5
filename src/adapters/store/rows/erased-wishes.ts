/** Counts what people had asked for before their data were deleted, so that the daily limits hold. */
import { sql, type RawBuilder } from 'kysely';
import type { Person } from '../../../domain/exports/export-job.ts';
import type { Vault } from '../../../ports/personal-data.ts';

/** A query of one number: asked for since then. */
export const countErased = (
  vault: Vault,
  person: Person,
  what: 'exports' | 'files',
  since: Date,
): RawBuilder<number> => sql<number>`SELECT count(*)::int FROM erased_wishes
  WHERE person_mark = ANY(${[...vault.marksOf(person)]}::text[]) AND what = ${what} AND asked_at >= ${since}`;
