/** Viva Goals as a source: saved explorer views, exported by jobs of Microsoft Graph. */
import type { GoalsExports } from './goals-api.ts';
import type { GoalsJob } from '../../adapters/graph/http/graph-bodies.ts';
import { goalsSource, readExplorerUrl, shortId, targetOf, viewOf } from './explorer-url.ts';
import { present } from '../../domain/present.ts';
import type { LinkReader, LinkReading } from '../../domain/exports/target.ts';
import type { ExportSource, GraphJob } from '../../ports/export-source.ts';

/** They need an administrator's consent; named by Graph's audience, whatever `GRAPH_BASE_URL` says. */
export const goalsScopes = [
  'https://graph.microsoft.com/Goals-Export.ReadWrite.All',
  'https://graph.microsoft.com/Goals-Export.Read.All',
] as const;

export const goalsLinks: LinkReader = { bareHosts: ['goals.microsoft.com'], readLink };

export const createGoalsSource = (goals: GoalsExports): ExportSource => ({
  name: goalsSource,
  fileName: 'VivaGoals',
  scopes: goalsScopes,
  ...goalsLinks,
  create: (accessToken, target) => goals.create(accessToken, viewOf(target)),
  jobs: {
    get: async (accessToken, jobId) => {
      const answer = await goals.get(accessToken, jobId);
      return answer.kind === 'job' ? { ...answer, job: jobOf(answer.job) } : answer;
    },
    list: async (accessToken, near) => {
      const organizationId = near && viewOf(near).organizationId;
      const answer = await goals.list(accessToken, organizationId);
      return answer.kind === 'jobs'
        ? { ...answer, jobs: answer.jobs.map((job) => jobOf({ ...present({ organizationId }), ...job })) }
        : answer;
    },
  },
  content: async (accessToken, { jobId }, signal) =>
    jobId === undefined ? { kind: 'contentGone' } : goals.content(accessToken, jobId, signal),
});

function readLink(address: string): LinkReading {
  const reading = readExplorerUrl(address);
  switch (reading.kind) {
    case 'view':
      return { kind: 'target', target: targetOf(reading.view) };
    case 'notAView':
      return { kind: 'noTarget', problem: reading.problem };
    case 'notGoals':
      return { kind: 'elsewhere' };
  }
}

function jobOf({ organizationId, viewId, ...job }: GoalsJob): GraphJob {
  if (viewId === undefined) return job;
  const target = organizationId === undefined ? undefined : targetOf({ organizationId, viewId });
  return { ...job, label: shortId(viewId), ...present({ target }) };
}
