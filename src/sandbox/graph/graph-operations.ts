/** Answers the four calls of the goals export API for a caller whose token was checked. */
import { gzipSync } from 'node:zlib';
import type { Answer } from '../loopback/script.ts';
import { contentFor } from './goals-content.ts';
import { exportJobsPath, type GraphOperation, type GraphCaller } from './graph-calls.ts';
import { graphError, organizationNotFound } from './graph-errors.ts';
import { readableJob, refuse, createdJobView, isPending, jobView, type OperationDeps } from './job-access.ts';
import type { SimulatedJob } from './job-store.ts';
import type { Scenario } from './scenarios.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Create = Extract<GraphOperation, { op: 'create' }>;

export const createJob = (
  deps: OperationDeps,
  caller: GraphCaller,
  { goalsOrganizationId, explorerViewId }: Create,
): Answer => {
  if (!guid.test(goalsOrganizationId ?? '')) {
    const message = 'The Goals organization id is invalid.';
    return graphError({ status: 400, code: 'badRequest', message, innerCode: 'invalidGoalsOrganizationId' });
  }
  if (!guid.test(explorerViewId ?? '')) {
    return graphError({
      status: 400,
      code: 'badRequest',
      message: 'The explorer view id is invalid.',
      innerCode: 'unknown',
    });
  }
  const view = {
    goalsOrganizationId: String(goalsOrganizationId).toLowerCase(),
    explorerViewId: String(explorerViewId).toLowerCase(),
  };
  const refusal = refuse(
    deps,
    deps.scenarioOf(view).fate,
    view.goalsOrganizationId,
    caller,
    organizationNotFound,
  );
  if (refusal) return refusal;
  const pending = deps.jobs.all().find((job) => isSameView(job, view) && isPending(statusOf(deps, job)));
  if (pending) return conflict(deps, pending);
  const job = deps.jobs.add({ ...view, tid: caller.tid, oid: caller.oid, createdAt: deps.clock() });
  return {
    status: 201,
    headers: { location: locationOf(deps, job) },
    body: createdJobView(job, statusOf(deps, job)),
  };
};

export const getJob = (
  deps: OperationDeps,
  caller: GraphCaller,
  jobId: string,
  form: { wrapped: boolean; select?: readonly string[] },
): Answer => {
  const job = readableJob(deps, caller, jobId);
  if ('answer' in job) return job.answer;
  const { fate } = deps.scenarioOf(job);
  const status = statusOf(deps, job);
  const view = selected(jobView(job, status, deps.base()), form.select);
  const wait = fate.kind === 'runs' && isPending(status) ? fate.retryAfterSeconds : undefined;
  return {
    status: 200,
    ...(wait === undefined ? {} : { headers: { 'retry-after': String(wait) } }),
    body: form.wrapped ? { value: view } : view,
  };
};

export const listJobs = (
  deps: OperationDeps,
  caller: GraphCaller,
  { filter, skip }: Extract<GraphOperation, { op: 'list' }>,
): Answer => {
  const wanted = /^\s*(\w+)\s+eq\s+'?([0-9a-f-]+)'?\s*$/i.exec(filter ?? '');
  if (filter !== undefined && wanted?.[1] !== 'goalsOrganizationId') {
    const key = /^\s*(\w+)/.exec(filter)?.[1] ?? filter;
    return graphError({
      status: 400,
      code: 'badRequest',
      message: `Invalid filter keys found: ${key}`,
      innerCode: 'unknown',
    });
  }
  const organizationId = wanted?.[2]?.toLowerCase();
  if (organizationId !== undefined) {
    const fate = deps.scenarioOf({ goalsOrganizationId: organizationId, explorerViewId: '' }).fate;
    const refusal = refuse(deps, fate, organizationId, caller, organizationNotFound);
    if (refusal) return refusal;
  }
  const found = deps.jobs
    .all()
    .filter((job) => organizationId === undefined || job.goalsOrganizationId === organizationId)
    .filter((job) => job.tid === caller.tid && !('answer' in readableJob(deps, caller, job.id)));
  const page = found.slice(skip, skip + deps.pageSize);
  const next = new URLSearchParams({
    ...(filter === undefined ? {} : { $filter: filter }),
    $skiptoken: String(skip + deps.pageSize),
  });
  return {
    status: 200,
    body: {
      value: page.map((job) => jobView(job, statusOf(deps, job), deps.base())),
      ...(found.length > skip + deps.pageSize
        ? { '@odata.nextLink': `${deps.base()}${exportJobsPath.slice(5)}?${next.toString()}` }
        : {}),
    },
  };
};

/** Compressed when the client accepts it, as a service behind a gateway would. */
export const getContent = (
  deps: OperationDeps,
  caller: GraphCaller,
  jobId: string,
  acceptEncoding: string,
): Answer => {
  const job = readableJob(deps, caller, jobId);
  if ('answer' in job) return job.answer;
  if (statusOf(deps, job) !== 'succeeded') {
    return graphError({
      status: 400,
      code: 'badRequest',
      message: 'The export job has not succeeded.',
      innerCode: 'unknown',
    });
  }
  const bytes = contentOf(deps, job);
  if (!/\bgzip\b/.test(acceptEncoding))
    return { status: 200, headers: { 'content-type': 'text/csv' }, body: bytes };
  return {
    status: 200,
    headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
    body: gzipSync(bytes),
  };
};

export const contentOf = (deps: Pick<OperationDeps, 'scenarioOf'>, job: SimulatedJob): Buffer => {
  const { rows, contentForm } = deps.scenarioOf(job);
  return contentFor({
    explorerViewId: job.explorerViewId,
    createdAt: job.createdAt,
    ...(rows === undefined ? {} : { rows }),
    ...(contentForm === undefined ? {} : { form: contentForm }),
  });
};

const conflict = (deps: OperationDeps, pending: SimulatedJob): Answer =>
  graphError({
    status: 409,
    code: 'notAllowed',
    message: 'An export job for this view is already in progress.',
    innerCode: 'exportJobAlreadyExists',
    target: pending.id,
    spelling: 'innererror',
    headers: { location: locationOf(deps, pending) },
  });

/** Wrapped in double quotes, as in the sample of the reference. */
const locationOf = (deps: OperationDeps, job: SimulatedJob): string =>
  `"${deps.base()}${exportJobsPath.slice(5)}/${job.id}"`;

const statusOf = (deps: OperationDeps, job: SimulatedJob): string =>
  deps.jobs.statusOf(job, deps.scenarioOf(job).fate);

const isSameView = (
  job: SimulatedJob,
  view: Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>,
): boolean =>
  job.goalsOrganizationId === view.goalsOrganizationId && job.explorerViewId === view.explorerViewId;

const selected = (view: Readonly<Record<string, unknown>>, select: readonly string[] | undefined) =>
  select === undefined
    ? view
    : Object.fromEntries(Object.entries(view).filter(([name]) => select.includes(name)));
