/** Decides who may read which job and use which organisation in the simulated Graph, and writes a job down as Graph does. */
import type { Answer } from '../loopback/script.ts';
import type { GraphCaller } from './graph-calls.ts';
import {
  accessDenied,
  graphError,
  jobNotFound,
  organizationNotFound,
  serviceRetired,
} from './graph-errors.ts';
import type { JobStore, SimulatedJob } from './job-store.ts';
import type { Fate, Scenario } from './scenarios.ts';

export type OperationDeps = Readonly<{
  jobs: JobStore;
  scenarioOf: (
    view: Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>,
  ) => Pick<Scenario, 'fate' | 'rows' | 'contentForm'>;
  /** Why this caller may not use the organisation, or undefined. */
  refusalOf: (organizationId: string, caller: GraphCaller) => 403 | 404 | undefined;
  clock: () => number;
  /** Origin and version, e.g. `http://127.0.0.1:1234/beta`. */
  base: () => string;
  pageSize: number;
}>;

export const readableJob = (
  deps: OperationDeps,
  caller: GraphCaller,
  jobId: string,
): SimulatedJob | { answer: Answer } => {
  if (!/^[\w!-]{1,256}$/.test(jobId)) {
    return {
      answer: graphError({
        status: 400,
        code: 'badRequest',
        message: 'Invalid JobKey specified',
        innerCode: 'unknown',
      }),
    };
  }
  const job = deps.jobs.find(jobId);
  if (job?.tid !== caller.tid || expiresAt(job) < deps.clock()) return { answer: jobNotFound() };
  const refusal = refuse(deps, deps.scenarioOf(job).fate, job.goalsOrganizationId, caller, jobNotFound);
  return refusal ? { answer: refusal } : job;
};

export const refuse = (
  deps: OperationDeps,
  fate: Fate,
  organizationId: string,
  caller: GraphCaller,
  unknown: () => Answer,
): Answer | undefined => {
  if (fate.kind === 'retired') return serviceRetired(fate.form);
  if (fate.kind === 'unknownOrganization') return organizationNotFound();
  if (fate.kind === 'noAccess') return accessDenied();
  const refusal = deps.refusalOf(organizationId, caller);
  if (refusal === undefined) return undefined;
  return refusal === 403 ? accessDenied() : unknown();
};

/** The sample expiry of the reference: 40 days after creation. */
const jobLifetimeMs = 40 * 24 * 3_600_000;

export const isPending = (status: string): boolean => status !== 'succeeded' && status !== 'failed';

const expiresAt = (job: Pick<SimulatedJob, 'createdAt'>): number => job.createdAt + jobLifetimeMs;

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
