/** The raw reference of looks: the least that Node needs to look at jobs of Graph when they are due. A process of its own; it keeps nothing and mends nothing. */
import { fork } from 'node:child_process';
import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { GraphSimulator } from '../../src/sandbox/graph/graph-simulator.ts';
import type { Call } from '../../src/sandbox/loopback/script.ts';
import type { LoadPlan } from './load-plan.ts';

/** What it is sent to begin with. */
interface RawPolling {
  readonly jobs: readonly RawJob[];
  /** Milliseconds between two looks at a job; the first ones are spread over as many. */
  readonly every: number;
}

interface RawJob {
  readonly url: string;
  readonly authorization: string;
}

interface Job {
  readonly status: string;
}
type Body = Job | { readonly value: Job };

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

async function look(job: RawJob, every: number): Promise<void> {
  const call = get(job.url, { agent, headers: { authorization: job.authorization } });
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const body = JSON.parse(await text(response)) as Body;
  if (response.statusCode !== 200) throw new Error(`Graph answers ${response.statusCode}`);
  // Both shapes are documented.
  const { status } = 'value' in body ? body.value : body;
  if (status === 'succeeded' || status === 'failed') return;
  const asked = Number(response.headers['retry-after'] ?? 0) * 1000;
  setTimeout(() => void look(job, every), Math.max(every, asked));
}

export interface RawPoller {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** It says nothing of what it would like. */
export const isRaw = ({ headers }: Call): boolean => headers.accept === undefined;

/** For all jobs that the bot has looked at, under the same tokens, as often in all as the bot looks. */
export function startRawPoller(
  graph: GraphSimulator,
  { every, exports }: Pick<LoadPlan, 'every' | 'exports'>,
): RawPoller {
  const jobs = new Map<string, RawJob>();
  for (const { op, path, headers } of graph.calls)
    if (op === 'get')
      jobs.set(path, { url: `${graph.url()}${path}`, authorization: headers.authorization ?? '' });
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const child = fork(import.meta.filename, { execArgv });
  const polling: RawPolling = { jobs: [...jobs.values()], every: (every * 1000 * jobs.size) / exports };
  child.send(polling);
  const stop = async (): Promise<void> => {
    child.disconnect();
    await once(child, 'exit');
  };
  return { pid: child.pid ?? 0, stop };
}

if (import.meta.main) {
  process.once('message', ({ jobs, every }: RawPolling) => {
    for (const [nth, job] of jobs.entries())
      setTimeout(() => void look(job, every), (nth * every) / jobs.length);
  });
  process.once('disconnect', () => process.exit());
}
