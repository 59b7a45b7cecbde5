/** The raw reference of looks: the least that Node needs to look at jobs of Graph when they are due. A process of its own; it keeps nothing and mends nothing. */
import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What it is sent to begin with. */
export interface RawPolling {
  readonly jobs: readonly RawJob[];
  /** Milliseconds between two looks at a job; the first ones are spread over as many. */
  readonly every: number;
}

export interface RawJob {
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

if (import.meta.main) {
  process.once('message', ({ jobs, every }: RawPolling) => {
    for (const [nth, job] of jobs.entries())
      setTimeout(() => void look(job, every), (nth * every) / jobs.length);
  });
  process.once('disconnect', () => process.exit());
}
