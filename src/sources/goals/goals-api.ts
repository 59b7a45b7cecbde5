/** Calls Graph's goals export API: paths are built from our own base and a checked id, never from an answer. */
import { isGuid } from '../../domain/guid.ts';
import type { ExplorerView } from './explorer-url.ts';
import type { ContentAnswer, CreateAnswer, GetAnswer, GraphTrouble } from '../../ports/export-source.ts';
import type { Log } from '../../ports/runtime.ts';
import { answerToCreate, answerToGet, answerToList, goalsErrors } from './answers.ts';
import { createContentOpener } from '../../adapters/graph/content/open-content.ts';
import type { GraphClient } from '../../adapters/graph/http/graph-client.ts';
import { hostOf } from '../../adapters/graph/http/graph-http.ts';
import { nextPage } from '../../adapters/graph/http/next-page.ts';
import { isJobId, type GoalsJob, type ReadJob } from './job-bodies.ts';
import { urlPart } from '../../domain/url-part.ts';

type Found = Omit<Extract<GetAnswer, { kind: 'job' }>, 'job'> & { readonly job: GoalsJob };
type GetJobAnswer = Exclude<GetAnswer, { kind: 'job' }> | Found;
type ListJobsAnswer = { readonly kind: 'jobs'; readonly jobs: readonly GoalsJob[] } | GraphTrouble;

/** Each call is one request under one person's token; none retries by itself. Never throws for what Graph or the network does. */
export interface GoalsExports {
  readonly create: (accessToken: string, view: ExplorerView) => Promise<CreateAnswer>;
  readonly get: (accessToken: string, jobId: string) => Promise<GetJobAnswer>;
  /** All jobs that the person may see, of one organisation or of all; every page on our own base. */
  readonly list: (accessToken: string, organizationId?: string) => Promise<ListJobsAnswer>;
  readonly content: (accessToken: string, jobId: string, signal?: AbortSignal) => Promise<ContentAnswer>;
}

export const jobsPath = '/employeeExperience/goals/exportJobs';
const jobsUrlOf = ({ at }: GraphClient): string => `${at('beta')}${jobsPath}`;

/** Source: "Create/Get goalsExportJob" and "List exportJobs" of Microsoft Graph's beta reference. */
export function createGoalsExports(client: GraphClient): GoalsExports {
  const { ask, deps } = client;
  const jobsUrl = jobsUrlOf(client);
  const openContent = createContentOpener(client, goalsErrors);
  const jobUrl = (jobId: string): string => `${jobsUrl}/${urlPart(jobId)}`;
  return {
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
        ? listJobs(client, accessToken, organizationId)
        : { kind: 'refused', reason: 'notValid' },
    content: async (accessToken, jobId, signal) =>
      isJobId(jobId)
        ? openContent({ url: `${jobUrl(jobId)}/content`, accessToken, signal })
        : { kind: 'contentGone' },
  };
}

const maxPages = 50;

/** A page that cannot be read spoils the answer: half a list would let a job be started twice. */
async function listJobs(
  client: GraphClient,
  accessToken: string,
  organizationId: string | undefined,
): Promise<ListJobsAnswer> {
  const { ask, deps } = client;
  const jobsUrl = jobsUrlOf(client);
  const jobs: ReadJob[] = [];
  const seen = new Set<string>();
  let url: string | undefined = `${jobsUrl}${filterFor(organizationId)}`;
  while (url !== undefined && !seen.has(url) && seen.size < maxPages) {
    seen.add(url);
    const reply = await ask('list', { method: 'GET', url, accessToken });
    if (reply.kind !== 'reply') return reply;
    const answer = answerToList(reply, deps.clock.now());
    if (answer.kind !== 'page') return answer;
    const { page } = answer;
    if (page.unreadable > 0)
      deps.log.warn({ unreadable: page.unreadable }, 'entries of the list are no jobs');
    jobs.push(...page.jobs);
    url = page.nextLink === undefined ? undefined : nextPage(jobsUrl, page.nextLink);
    if (page.nextLink !== undefined && url === undefined) {
      deps.log.warn(
        { host: hostOf(page.nextLink) },
        '@odata.nextLink leads away from our list; it is not followed',
      );
      return { kind: 'odd', sample: '200: @odata.nextLink leads away from our list' };
    }
  }
  if (url !== undefined)
    deps.log.warn({ pages: seen.size }, 'the list of jobs does not end; the rest is left out');
  return { kind: 'jobs', jobs: jobs.map((job) => dropLocation(deps, job)) };
}

const filterFor = (organizationId: string | undefined): string =>
  organizationId === undefined
    ? ''
    : `?$filter=${encodeURIComponent(`goalsOrganizationId eq '${organizationId}'`)}`;

/** Nothing requests `resourceLocation` (G23); the operator is alarmed when it leads elsewhere. */
function dropLocation(
  { baseUrl, log }: { readonly baseUrl: string; readonly log: Log },
  job: ReadJob,
): GoalsJob {
  const { resourceLocation, ...plain } = job;
  if (resourceLocation === undefined) return plain;
  const host = hostOf(resourceLocation);
  if (host !== new URL(baseUrl).host)
    log.error({ graphJobId: plain.id, host }, 'resourceLocation leads away from Graph; it is ignored');
  return plain;
}
