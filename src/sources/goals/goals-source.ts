/** Viva Goals as a source: saved explorer views, exported by jobs of Microsoft Graph. */
import type { GraphClient } from '../../adapters/graph/http/graph-client.ts';
import { goalsSource, readExplorerUrl, shortId, targetOf, viewOf } from './explorer-url.ts';
import { present } from '../../domain/present.ts';
import type { LinkReading } from '../../domain/exports/target.ts';
import type { GraphJob, SourceCalls } from '../../ports/export-source.ts';
import { createGoalsExports, jobsPath, type GoalsExports } from './goals-api.ts';
import type { GoalsJob } from './job-bodies.ts';

export const goals = {
  name: goalsSource,
  fileName: 'VivaGoals',
  // `VivaGoals_12_Company view_2025_11_20_1763600000.csv`
  fileNameEnd: /_\d{4}_\d{2}_\d{2}_(\d{10})(?: ?\(\d{1,3}\))?\.(?:csv|xlsx)$/i,
  // They need an administrator's consent; named by Graph's audience, whatever `GRAPH_BASE_URL` says.
  scopes: [
    'https://graph.microsoft.com/Goals-Export.ReadWrite.All',
    'https://graph.microsoft.com/Goals-Export.Read.All',
  ],
  graphPath: `/beta${jobsPath}`,
  bareHosts: ['goals.microsoft.com'],
  readLink,
  connect: (graph: GraphClient) => callsOf(createGoalsExports(graph)),
};

const callsOf = (exports: GoalsExports): SourceCalls => ({
  create: (accessToken, target) => exports.create(accessToken, viewOf(target)),
  jobs: {
    get: async (accessToken, jobId) => {
      const answer = await exports.get(accessToken, jobId);
      return answer.kind === 'job' ? { ...answer, job: jobOf(answer.job) } : answer;
    },
    list: async (accessToken, near) => {
      const organizationId = near && viewOf(near).organizationId;
      const answer = await exports.list(accessToken, organizationId);
      return answer.kind === 'jobs'
        ? { ...answer, jobs: answer.jobs.map((job) => jobOf({ ...present({ organizationId }), ...job })) }
        : answer;
    },
  },
  content: async (accessToken, { jobId }, signal) =>
    jobId === undefined ? { kind: 'contentGone' } : exports.content(accessToken, jobId, signal),
});

function readLink(address: string): LinkReading {
  const reading = readExplorerUrl(address);
  switch (reading.kind) {
    case 'view':
      return { kind: 'target', target: targetOf(reading.view) };
    case 'notAView':
      return { kind: 'noTarget', source: goalsSource, problem: reading.problem };
    case 'notGoals':
      return { kind: 'elsewhere' };
  }
}

function jobOf({ organizationId, viewId, ...job }: GoalsJob): GraphJob {
  if (viewId === undefined) return job;
  const target = organizationId === undefined ? undefined : targetOf({ organizationId, viewId });
  return { ...job, label: shortId(viewId), ...present({ target }) };
}
