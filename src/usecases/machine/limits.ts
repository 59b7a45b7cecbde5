/** Tells which limit of a person or tenant one more export would break. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../ports/export-jobs.ts';

export type Limit = 'openPerUser' | 'dailyPerUser' | 'openPerTenant';

/** Numbers of exports. */
export type Limits = Readonly<Record<Limit, number>>;

export const day = 24 * 3600_000;

export interface LimitReached {
  readonly limit: Limit;
  readonly max: number;
}

interface CountedStores {
  readonly exports: Pick<ExportJobs, 'lockCounts' | 'counts'>;
}

/** The first limit that one more export would break; inside a transaction the answer holds until its end. */
export async function limitReached(
  { exports }: CountedStores,
  limits: Limits,
  person: Person,
  now: Date,
): Promise<LimitReached | undefined> {
  const sinceYesterday = new Date(now.getTime() - day);
  await exports.lockCounts(person.tenantId);
  const counted = await exports.counts(person, sinceYesterday);
  const amounts: readonly (readonly [Limit, number])[] = [
    ['openPerUser', counted.openOfPerson],
    ['dailyPerUser', counted.askedByPerson],
    ['openPerTenant', counted.openOfTenant],
  ];
  const reached = amounts.find(([limit, amount]) => amount >= limits[limit]);
  return reached && { limit: reached[0], max: limits[reached[0]] };
}
