/** Plays Graph in memory as a source: makes and keeps jobs; a script can answer in its place. */
import { isPending } from '../../../src/domain/exports/adoption.ts';
import { sameTarget, type Target } from '../../../src/domain/exports/target.ts';
import type {
  ContentAnswer,
  CreateAnswer,
  GetAnswer,
  ExportSource,
  GraphJob,
  ListAnswer,
} from '../../../src/ports/export-source.ts';
import { goals } from '../../../src/sources/goals/goals-source.ts';

/** What happens instead; `make` does what Graph would have done, for an answer that gets lost. */
type Instead<A> = (make: () => A) => A | Promise<A>;

interface Script {
  readonly create: Instead<CreateAnswer>[];
  readonly get: Instead<GetAnswer>[];
  readonly list: Instead<ListAnswer>[];
  readonly content: Instead<ContentAnswer>[];
}

export interface ScriptedGraph {
  readonly source: ExportSource;
  /** Each entry answers one call, in order. */
  readonly script: Script;
  /** Names of the calls, in order. */
  readonly calls: string[];
  readonly jobs: GraphJob[];
  readonly jobsOf: (target: Target) => readonly GraphJob[];
  readonly change: (jobId: string, change: Partial<GraphJob>) => void;
}

const { connect: _, ...facts } = goals;

export const csvOf = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();

export function createScriptedGraph(clock: { readonly now: () => Date }): ScriptedGraph {
  const jobs: GraphJob[] = [];
  const calls: string[] = [];
  const script: Script = { create: [], get: [], list: [], content: [] };
  const jobsOf = (target: Target) =>
    jobs.filter((job) => job.target !== undefined && sameTarget(job.target, target));
  const answer = async <A>(name: string, steps: Instead<A>[], make: () => A): Promise<A> => {
    calls.push(name);
    const instead = steps.shift();
    await Promise.resolve();
    return instead === undefined ? make() : instead(make);
  };
  const create = (target: Target): CreateAnswer => {
    const pending = jobsOf(target).find(isPending);
    if (pending !== undefined) return { kind: 'conflict', jobId: pending.id };
    const id = `j!${String(jobs.length + 1)}`;
    jobs.push({ id, status: 'notStarted', createdAt: clock.now(), target });
    return { kind: 'created', jobId: id };
  };
  const get = (id: string): GetAnswer => {
    const job = jobs.find((known) => known.id === id);
    return job === undefined ? { kind: 'jobNotFound' } : { kind: 'job', job };
  };
  return {
    script,
    calls,
    jobs,
    jobsOf,
    change: (jobId, change) => {
      const index = jobs.findIndex(({ id }) => id === jobId);
      const job = jobs[index];
      if (job !== undefined) jobs[index] = { ...job, ...change };
    },
    source: {
      ...facts,
      scopes: [],
      bareHosts: [],
      readLink: () => ({ kind: 'elsewhere' }),
      create: (_token, target) => answer('create', script.create, () => create(target)),
      jobs: {
        get: (_token, id) => answer('get', script.get, () => get(id)),
        list: (_token, near) =>
          answer('list', script.list, () => ({
            kind: 'jobs',
            jobs: jobs.filter((job) => near === undefined || job.target?.place === near.place),
          })),
      },
      content: () =>
        answer('content', script.content, () => ({ kind: 'content', stream: csvOf('Title\nOne\n') })),
    },
  };
}
