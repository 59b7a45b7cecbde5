/** Turns requests to the simulated Graph into operations: identity first, then scopes, then the call itself. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call, Answer } from '../loopback/script.ts';
import type { LoopbackOptions, RawCall } from '../loopback/loopback-server.ts';
import {
  readOperation,
  type GraphCaller,
  type GraphNeighbour,
  type GraphOperation,
  type VerifyGraphToken,
} from './graph-calls.ts';
import { invalidToken, missingScope, serviceRetired } from './graph-errors.ts';
import { createJob, getContent, getJob, listJobs } from './graph-operations.ts';
import type { OperationDeps } from './job-access.ts';
import type { Scenario } from './scenarios.ts';

const readScopes = ['Goals-Export.Read.All', 'Goals-Export.ReadWrite.All'];
const writeScopes = ['Goals-Export.ReadWrite.All'];

type RequestDeps = OperationDeps &
  Readonly<{ verifyToken: VerifyGraphToken; latencyMs: number; beside?: GraphNeighbour | undefined }>;

export const createGraphRequests = (
  deps: RequestDeps,
): Required<Pick<LoopbackOptions, 'annotate' | 'handle'>> => {
  const callers = new WeakMap<RawCall['headers'], GraphCaller | string>();
  const reads = new Map<string, number>();

  const perform = (call: Call, caller: GraphCaller): Answer => {
    if (deps.beside?.annotate(call) !== undefined) return deps.beside.answer(call, caller);
    const operation = readOperation(call);
    const allowed = operation.op === 'create' ? writeScopes : readScopes;
    if (!allowed.some((scope) => caller.scopes.includes(scope))) return missingScope(allowed);
    switch (operation.op) {
      case 'create':
        return createJob(deps, caller, operation);
      case 'list':
        return listJobs(deps, caller, operation);
      case 'get': {
        // Both documented shapes take turns: bare on the first look, wrapped on the second.
        const nth = (reads.get(operation.jobId) ?? 0) + 1;
        reads.set(operation.jobId, nth);
        return getJob(deps, caller, operation.jobId, { ...operation, wrapped: nth % 2 === 0 });
      }
      case 'content':
        return getContent(deps, caller, operation.jobId, call.headers['accept-encoding']?.toString() ?? '');
      case 'other':
        return serviceRetired('noSegment');
    }
  };

  return {
    annotate: async (call) => {
      const verdict = await deps.verifyToken(call.headers.authorization);
      callers.set(call.headers, verdict.kind === 'caller' ? verdict.caller : verdict.message);
      const user = verdict.kind === 'caller' ? { user: verdict.caller.oid } : {};
      const elsewhere = deps.beside?.annotate(call);
      if (elsewhere !== undefined) return { ...elsewhere, ...user };
      const operation = readOperation(call);
      return { op: operation.op, about: subjectOf(operation, deps.jobs.find), ...user };
    },
    handle: async (call) => {
      if (deps.latencyMs > 0) await wait(deps.latencyMs);
      const caller = callers.get(call.headers);
      const answer = typeof caller === 'object' ? perform(call, caller) : invalidToken(caller ?? '');
      const requestId = randomUUID();
      return {
        ...answer,
        headers: { 'request-id': requestId, 'client-request-id': requestId, ...answer.headers },
      };
    },
  };
};

type View = Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>;

const subjectOf = (
  operation: GraphOperation,
  find: (id: string) => View | undefined,
): Record<string, string> => {
  switch (operation.op) {
    case 'create':
      return viewFacts({ goalsOrganizationId: '', explorerViewId: '', ...operation });
    case 'get':
    case 'content': {
      const job = find(operation.jobId);
      return { job: operation.jobId, ...(job ? viewFacts(job) : {}) };
    }
    case 'list':
      return operation.filter === undefined ? {} : { filter: operation.filter };
    case 'other':
      return {};
  }
};

const viewFacts = ({ goalsOrganizationId, explorerViewId }: View) => ({
  view: explorerViewId,
  organization: goalsOrganizationId,
});
