/** Tells which limit of a person or tenant one more export would break. */
import type { Person } from '../../domain/exports/export-job.ts';
import type { ExportJobs } from '../../ports/export-jobs.ts';
import type { PersonalData } from '../../ports/personal-data.ts';

export type Limit = 'openPerUser' | 'dailyPerUser' | 'openPerTenant';

/** Numbers of exports. */
export type Limits = Readonly<Record<Limit, number>>;

export const day = 24 * 3600_000;

export interface LimitReached {
  readonly limit: Limit;
  readonly max: number;
}

interface CountedStores {
  readonly exports: Pick<ExportJobs, 'lockCounts' | 'countOpen' | 'countRequestedSince'>;
  readonly personalData: Pick<PersonalData, 'countErased'>;
}

/** The first limit that one more export would break; inside a transaction the answer holds until its end. */
export async function limitReached(
  { exports, personalData }: CountedStores,
  limits: Limits,
  person: Person,
  now: Date,
): Promise<LimitReached | undefined> {
  const sinceYesterday = new Date(now.getTime() - day);
  const counts: readonly (readonly [Limit, () => Promise<number>])[] = [
    ['openPerUser', () => exports.countOpen(person)],
    [
      'dailyPerUser',
      async () =>
        (await exports.countRequestedSince(person, sinceYesterday)) +
        (await personalData.countErased(person, 'exports', sinceYesterday)),
    ],
    ['openPerTenant', () => exports.countOpen({ tenantId: person.tenantId })],
  ];
  await exports.lockCounts(person.tenantId);
  for (const [limit, count] of counts) {
    if ((await count()) >= limits[limit]) return { limit, max: limits[limit] };
  }
  return undefined;
}
