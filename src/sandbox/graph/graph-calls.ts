/** Reads which call of the goals export API a request is, from its path and method. */
import { z } from 'zod';
import type { RawCall } from '../loopback/loopback-server.ts';

export const exportJobsPath = '/beta/employeeExperience/goals/exportJobs';

export type GraphOperation =
  | Readonly<{ op: 'create'; goalsOrganizationId?: string; explorerViewId?: string }>
  | Readonly<{ op: 'list'; filter?: string; skip: number }>
  | Readonly<{ op: 'get'; jobId: string; select?: readonly string[] }>
  | Readonly<{ op: 'content'; jobId: string }>
  | Readonly<{ op: 'other' }>;

const createBody = z.object({
  goalsOrganizationId: z.string().optional(),
  explorerViewId: z.string().optional(),
});

export const readOperation = (call: RawCall): GraphOperation => {
  if (!call.path.startsWith(exportJobsPath)) return { op: 'other' };
  const [jobId, stream, ...rest] = call.path.slice(exportJobsPath.length).split('/').slice(1);
  if (rest.length > 0) return { op: 'other' };
  if (call.method === 'POST' && jobId === undefined) return { op: 'create', ...readCreateBody(call.body) };
  if (call.method !== 'GET') return { op: 'other' };
  if (jobId === undefined) return readList(call.query);
  if (stream === 'content') return { op: 'content', jobId };
  const select = call.query['$select'];
  return { op: 'get', jobId, ...(select === undefined ? {} : { select: select.split(',') }) };
};

const readList = (query: RawCall['query']): GraphOperation => {
  const filter = query['$filter'];
  return { op: 'list', skip: Number(query['$skiptoken'] ?? 0), ...(filter === undefined ? {} : { filter }) };
};

const readCreateBody = (body: Buffer) => {
  try {
    const { goalsOrganizationId, explorerViewId } = createBody.parse(JSON.parse(body.toString('utf8')));
    return {
      ...(goalsOrganizationId === undefined ? {} : { goalsOrganizationId }),
      ...(explorerViewId === undefined ? {} : { explorerViewId }),
    };
  } catch {
    return {};
  }
};
