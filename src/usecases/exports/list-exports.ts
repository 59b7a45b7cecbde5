/** Lists the person's own exports, and the jobs that only Graph knows. */
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { graphJobIdOf } from '../../domain/exports/export-job.ts';
import type { ExportSources, GraphJob } from '../../ports/export-source.ts';
import type { Background, Stores } from '../../ports/runtime.ts';
import type { CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson } from './call-as-person.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import { makesJobs, type JobSource } from './job-source.ts';

export interface ListExportsDeps extends CallAsPersonDeps {
  readonly stores: Pick<Stores, 'exports'>;
  readonly sources: Pick<ExportSources, 'all'>;
  readonly background: Background;
}

interface ExportsList {
  readonly own: readonly ExportJob[];
  /** Jobs under the person's own token that no export here follows. */
  readonly graphOnly: readonly GraphJob[];
  readonly graph: 'asked' | 'signInNeeded' | 'unavailable';
}

export type ListExports = (who: { readonly requester: Requester }) => Promise<ExportsList>;

const patienceMilliseconds = 2500;
const maxOwn = 20;
/** Older exports still tell which Graph jobs are known. */
const maxKnown = 500;

export function createListExports(deps: ListExportsDeps): ListExports {
  return async function listExports({ requester }) {
    const asking = askGraph(deps, requester);
    deps.background.run('list', async () => {
      await asking;
    });
    const [own, answer] = await Promise.all([
      deps.stores.exports.recentOf(requester, maxKnown),
      withTimeout(patienceMilliseconds, asking),
    ]);
    const { jobs, graph } = answer ?? { jobs: [], graph: 'unavailable' as const };
    const known = new Set(own.flatMap(jobIdsOf));
    return { own: own.slice(0, maxOwn), graphOnly: jobs.filter(({ id }) => !known.has(id)), graph };
  };
}

const jobIdsOf = ({ state, pastRuns }: ExportJob): readonly (string | undefined)[] => [
  graphJobIdOf(state),
  ...pastRuns.map(({ graphJobId }) => graphJobId),
];

type Listed = Pick<ExportsList, 'graph'> & { readonly jobs: readonly GraphJob[] };

async function askGraph(deps: ListExportsDeps, requester: Requester): Promise<Listed> {
  const asked = deps.sources.all.filter(makesJobs).map((source) => askSource(deps, requester, source));
  const listed = await Promise.all(asked);
  const { graph = 'asked' } = listed.find((answer) => answer.graph !== 'asked') ?? {};
  return { jobs: listed.flatMap(({ jobs }) => jobs), graph };
}

async function askSource(deps: ListExportsDeps, requester: Requester, source: JobSource): Promise<Listed> {
  const listed = await callAsPerson(deps, requester, source, (token) => source.jobs.list(token));
  if (listed.kind === 'answer') {
    return listed.answer.kind === 'jobs'
      ? { jobs: listed.answer.jobs, graph: 'asked' }
      : { jobs: [], graph: 'unavailable' };
  }
  return { jobs: [], graph: listed.event.type === 'signInRequired' ? 'signInNeeded' : 'unavailable' };
}
