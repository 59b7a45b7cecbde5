/** Answers for the calls of Graph's goals export API: paths are built from our own base and a checked id, never from an answer. */
import { isGuid } from '../../domain/exports/explorer-url.ts';
import type { GoalsExports } from '../../ports/goals-exports.ts';
import { answerToCreate, answerToGet } from './http/answers.ts';
import { fetchContent } from './content/open-content.ts';
import { isJobId } from './http/goals-schema.ts';
import type { GoalsExportsDeps } from './http/graph-client.ts';
import { createGraphCalls } from './http/graph-client.ts';
import { listJobs } from './list-jobs.ts';
import { dropLocation } from './http/resource-location.ts';
import { tellOddAnswers } from './log-odd-answers.ts';

/** Source: "Create/Get goalsExportJob" and "List exportJobs" of Microsoft Graph's beta reference. */
export function createGoalsExports(deps: GoalsExportsDeps): GoalsExports {
  const calls = createGraphCalls(deps);
  const { jobsUrl, ask } = calls;
  const jobUrl = (jobId: string): string => `${jobsUrl}/${encodeURIComponent(jobId)}`;
  return tellOddAnswers(deps.log, {
    create: async (accessToken, view) => {
      const json = { goalsOrganizationId: view.organizationId, explorerViewId: view.viewId };
      const reply = await ask('create', { method: 'POST', url: jobsUrl, accessToken, json });
      return reply.kind === 'reply' ? answerToCreate(reply, deps.clock.now()) : reply;
    },
    get: async (accessToken, jobId) => {
      if (!isJobId(jobId)) return { kind: 'jobNotFound' };
      const reply = await ask('get', { method: 'GET', url: jobUrl(jobId), accessToken });
      if (reply.kind !== 'reply') return reply;
      const answer = answerToGet(reply, deps.clock.now());
      return answer.kind === 'job' ? { ...answer, job: dropLocation(deps, answer.job) } : answer;
    },
    list: async (accessToken, organizationId) =>
      organizationId === undefined || isGuid(organizationId)
        ? listJobs(calls, accessToken, organizationId)
        : { kind: 'refused', reason: 'notAValidView' },
    content: async (accessToken, jobId, signal) =>
      isJobId(jobId)
        ? fetchContent(calls, { url: `${jobUrl(jobId)}/content`, accessToken, signal })
        : { kind: 'contentGone' },
  });
}
