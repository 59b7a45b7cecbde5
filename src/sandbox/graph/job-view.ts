/** A simulated job as Graph writes it down, with the oddities of the documented samples. */
import type { SimulatedJob } from './job-store.ts';

/** The sample expiry of the reference: 40 days after creation. */
const jobLifetimeMs = 40 * 24 * 3_600_000;

export const isPending = (status: string): boolean => status !== 'succeeded' && status !== 'failed';

export const expiresAt = (job: Pick<SimulatedJob, 'createdAt'>): number => job.createdAt + jobLifetimeMs;

/** Without organisation and view, as in the Create answer of the reference. */
export const createdJobView = (job: SimulatedJob, status: string) => ({
  id: job.id,
  status,
  createdDateTime: sampleTime(job.createdAt),
  lastActionDateTime: sampleTime(job.createdAt),
  expirationDateTime: '0001-01-01T00:00:00Z',
});

export const jobView = (job: SimulatedJob, status: string, base: string) => ({
  '@odata.type': '#microsoft.graph.goalsExportJob',
  ...createdJobView(job, status),
  expirationDateTime: sampleTime(expiresAt(job)),
  goalsOrganizationId: job.goalsOrganizationId,
  explorerViewId: job.explorerViewId,
  ...(status === 'succeeded' ? { resourceLocation: `${base}/resource/${encodeURIComponent(job.id)}` } : {}),
  ...(status === 'failed' ? { statusDetail: 'The export could not be completed.' } : {}),
});

/** Like `2023-06-19T12-06-03.0024Z`: dashes where the time wants colons, and four digits of a second. */
const sampleTime = (at: number): string => {
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, -1).split('T');
  return `${date}T${time.replaceAll(':', '-')}0Z`;
};
