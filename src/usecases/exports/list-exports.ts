/** Lists the person's own exports, and the jobs that only Graph knows. */
import type { ExportEvent } from '../../domain/exports/export-event.ts';
import type { ExportJob, Requester } from '../../domain/exports/export-job.ts';
import { graphJobIdOf } from '../../domain/exports/export-job.ts';
import { nameOf } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import type { ExportSources, GraphJob } from '../../ports/export-source.ts';
import type { Background, Stores } from '../../ports/runtime.ts';
import { withTopObjectives, type WithTopObjective } from '../names/top-objectives.ts';
import type { CallAsPersonDeps } from './call-as-person.ts';
import { callAsPerson } from './call-as-person.ts';
import { withTimeout } from '../../blocks/with-timeout.ts';
import { makesJobs, type JobSource } from './job-source.ts';

export interface ListExportsDeps extends CallAsPersonDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'targetNames'>;
  readonly sources: Pick<ExportSources, 'all'>;
  readonly background: Pick<Background, 'run'>;
}

/** `source`: the name of the one that has it. */
type ListedJob = GraphJob & { readonly source: string; readonly name?: string };

interface ExportsList {
  /** Those of one page, newest first. */
  readonly own: readonly WithTopObjective[];
  /** The first one is 0. */
  readonly page: number;
  /** How many come after these. */
  readonly older: number;
  /** Jobs under the person's own token that no export here follows. */
  readonly graphOnly: readonly ListedJob[];
  readonly graph: 'asked' | 'signInNeeded' | 'unavailable';
}

export type ListExports = (wish: {
  readonly requester: Requester;
  readonly page?: number;
}) => Promise<ExportsList>;

const patienceMilliseconds = 2500;
const ofPage = 10;
/** Older exports still tell which Graph jobs are known. */
const maxKnown = 500;

export function createListExports(deps: ListExportsDeps): ListExports {
  return async function listExports({ requester, page: wished = 0 }) {
    const asking = askGraph(deps, requester);
    deps.background.run('list', async () => {
      await asking;
    });
    const [own, names, answer] = await Promise.all([
      deps.stores.exports.recentOf(requester, maxKnown),
      deps.stores.targetNames.of(requester),
      withTimeout(patienceMilliseconds, asking),
    ]);
    const { jobs, graph } = answer ?? { jobs: [], graph: 'unavailable' as const };
    const known = new Set(own.flatMap(keysOf));
    // What was there when the list was drawn may be deleted by now.
    const page = Math.min(wished, Math.max(0, Math.ceil(own.length / ofPage) - 1));
    const named = own
      .slice(page * ofPage, (page + 1) * ofPage)
      .map((job) => ({ ...job, ...present({ name: nameOf(names, job.target) }) }));
    return {
      own: await withTopObjectives(deps.stores, requester, named),
      page,
      older: Math.max(0, own.length - (page + 1) * ofPage),
      graphOnly: jobs
        .filter((job) => !known.has(keyOf(job)))
        .map((job) => ({
          ...job,
          ...present({ name: job.target && nameOf(names, job.target) }),
        })),
      graph,
    };
  };
}

/** Two sources may give the same id. */
const keyOf = ({ source, id }: Pick<ListedJob, 'source' | 'id'>): string => `${source} ${id}`;

const keysOf = ({ state, pastRuns, target: { source } }: ExportJob): readonly string[] =>
  [graphJobIdOf(state), ...pastRuns.map(({ graphJobId }) => graphJobId)].flatMap((id) =>
    id === undefined ? [] : [keyOf({ source, id })],
  );

interface Asked {
  readonly outcome: ExportsList['graph'] | 'notAllowed';
  readonly jobs: readonly ListedJob[];
}

async function askGraph(
  deps: ListExportsDeps,
  requester: Requester,
): Promise<Pick<ExportsList, 'graph'> & Pick<Asked, 'jobs'>> {
  const sources = deps.sources.all.filter(makesJobs);
  const asked = await Promise.all(sources.map((source) => askSource(deps, requester, source)));
  return {
    jobs: asked.flatMap(({ jobs }) => jobs),
    graph: graphOf(asked, deps.sources.all.length > sources.length),
  };
}

/** A source that the person has not allowed is passed over, unless they have allowed none: of others nobody knows that here. */
function graphOf(asked: readonly Asked[], hasOthers: boolean): ExportsList['graph'] {
  const allowed = asked.flatMap(({ outcome }) => (outcome === 'notAllowed' ? [] : [outcome]));
  if (asked.length > 0 && allowed.length === 0 && !hasOthers) return 'signInNeeded';
  return allowed.find((outcome) => outcome !== 'asked') ?? 'asked';
}

async function askSource(deps: ListExportsDeps, requester: Requester, source: JobSource): Promise<Asked> {
  const listed = await callAsPerson(deps, requester, source, (token) => source.jobs.list(token));
  if (listed.kind === 'trouble') return { jobs: [], outcome: outcomeOf(listed.event) };
  if (listed.answer.kind !== 'jobs') return { jobs: [], outcome: 'unavailable' };
  return { jobs: listed.answer.jobs.map((job) => ({ ...job, source: source.name })), outcome: 'asked' };
}

function outcomeOf(event: ExportEvent): Exclude<Asked['outcome'], 'asked'> {
  if (event.type !== 'signInRequired') return 'unavailable';
  return event.cause === 'consent' || event.cause === 'adminConsent' ? 'notAllowed' : 'signInNeeded';
}
