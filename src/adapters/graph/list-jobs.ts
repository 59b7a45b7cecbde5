/** Answers for reading every page of the list of jobs, on our own base only. */
import type { ListAnswer } from '../../ports/goals-exports.ts';
import { answerToList } from './http/answers.ts';
import type { ReadJob } from './http/goals-schema.ts';
import type { GraphCalls } from './http/graph-client.ts';
import { dropLocation, hostOf } from './http/resource-location.ts';

const mostPages = 50;

/** A page that cannot be read spoils the answer: half a list would let a job be started twice. */
export async function listJobs(
  { jobsUrl, ask, deps }: GraphCalls,
  accessToken: string,
  organizationId: string | undefined,
): Promise<ListAnswer> {
  const jobs: ReadJob[] = [];
  const seen = new Set<string>();
  let url: string | undefined = `${jobsUrl}${filterFor(organizationId)}`;
  while (url !== undefined && !seen.has(url) && seen.size < mostPages) {
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

/** Only the query is taken over, and only from a link to the very list that was asked for. */
function nextPage(jobsUrl: string, nextLink: string): string | undefined {
  if (!URL.canParse(nextLink)) return undefined;
  const next = new URL(nextLink);
  const own = new URL(jobsUrl);
  const same = next.origin === own.origin && next.pathname === own.pathname;
  return same && next.username === '' && next.password === '' ? `${jobsUrl}${next.search}` : undefined;
}
