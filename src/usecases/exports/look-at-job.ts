/** Answers for one look at each Graph job: a GET, or one List for several looks of a person in an organisation that come together. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { GetAnswer, GoalsExports, ListAnswer } from '../../ports/goals-exports.ts';
import type { Called, GraphCallDeps } from './graph-calls.ts';
import { asPerson } from './graph-calls.ts';

export interface LookAtJobDeps extends GraphCallDeps {
  readonly goals: Pick<GoalsExports, 'get' | 'list'>;
  /** How long looks that come together are waited for; a tenth of a second unless given. */
  readonly gather?: () => Promise<unknown>;
}

type Known<A> = Exclude<A, { readonly kind: 'unauthorized' }>;
type Look = Called<Known<GetAnswer>>;

export type LookAtJob = (job: ExportJob, graphJobId: string) => Promise<Look>;

interface Round {
  looks: number;
  /** Undefined when each look had better ask for itself. */
  readonly listed: Promise<Called<Known<ListAnswer>> | undefined>;
}

const gatherMilliseconds = 100;
/** Below that a List is not worth it. */
const fewestTogether = 3;
const mostRemembered = 50_000;

/** The list is read under the person's own token, and whatever it does not tell is asked with a GET. */
export function createLookAtJob(deps: LookAtJobDeps): LookAtJob {
  const { gather = () => pause(gatherMilliseconds) } = deps;
  const rounds = new Map<string, Round>();
  const orders = createOrders();
  const begin = (job: ExportJob): Round => {
    const key = keyOf(job);
    const round: Round = {
      looks: 0,
      listed: gather().then(() => {
        rounds.delete(key);
        return round.looks < fewestTogether ? undefined : list(deps, job);
      }),
    };
    rounds.set(key, round);
    return round;
  };
  const alone = async ({ requester }: ExportJob, graphJobId: string): Promise<Look> => {
    const got = await asPerson(deps, requester, (token) => deps.goals.get(token, graphJobId));
    orders.heed(graphJobId, got);
    return got;
  };
  return async function lookAtJob(job, graphJobId) {
    const order = orders.of(graphJobId);
    if (order === undefined) return alone(job, graphJobId);
    const round = rounds.get(keyOf(job)) ?? begin(job);
    round.looks += 1;
    const listed = await round.listed;
    if (listed === undefined) return alone(job, graphJobId);
    const told = answerFor(listed, graphJobId, order);
    if (told !== undefined) return told;
    orders.forget(graphJobId);
    return alone(job, graphJobId);
  };
}

const keyOf = ({ requester, view }: ExportJob): string =>
  `${requester.tenantId} ${requester.userId} ${view.organizationId}`;

/** One page is enough: who has more jobs than that has them read one by one. */
const list = (deps: LookAtJobDeps, { requester, view }: ExportJob): Promise<Called<Known<ListAnswer>>> =>
  asPerson(deps, requester, (token) => deps.goals.list(token, view.organizationId, 1));

/** Undefined when the list does not tell: refusals and odd answers may concern the list alone. */
function answerFor(listed: Called<Known<ListAnswer>>, graphJobId: string, order: Order): Look | undefined {
  if (listed.kind === 'trouble') return listed;
  const { answer } = listed;
  if (answer.kind === 'unavailable') return { kind: 'answer', answer };
  const job = answer.kind === 'jobs' ? answer.jobs.find(({ id }) => id === graphJobId) : undefined;
  // Why a job failed is told, with Graph's request id, by a GET of its own.
  if (answer.kind !== 'jobs' || job === undefined || job.status === 'failed') return undefined;
  const retryAfter = answer.retryAfter ?? order.retryAfter;
  return { kind: 'answer', answer: { kind: 'job', job, ...present({ retryAfter }) } };
}

/** Seconds for which Graph wanted a job to be left alone when it was last asked about it. */
interface Order {
  readonly retryAfter?: number;
}

/** Only a GET gives one, and a job must not be asked for more often because lists do not. */
function createOrders() {
  const orders = new Map<string, Order | 'neverShared'>();
  const keep = (graphJobId: string, order: Order | 'neverShared'): void => {
    if (orders.size >= mostRemembered) orders.clear();
    orders.set(graphJobId, order);
  };
  return {
    /** Undefined: the job is to be asked for with a GET. */
    of: (graphJobId: string): Order | undefined => {
      const order = orders.get(graphJobId);
      return order === 'neverShared' ? undefined : order;
    },
    heed: (graphJobId: string, look: Look): void => {
      if (orders.get(graphJobId) === 'neverShared') return;
      orders.delete(graphJobId);
      if (look.kind !== 'answer' || look.answer.kind !== 'job') return;
      const { job, retryAfter } = look.answer;
      if (job.status !== 'succeeded' && job.status !== 'failed') keep(graphJobId, present({ retryAfter }));
    },
    /** The list does not tell of it: it was for nothing, and would be again. */
    forget: (graphJobId: string): void => keep(graphJobId, 'neverShared'),
  };
}
