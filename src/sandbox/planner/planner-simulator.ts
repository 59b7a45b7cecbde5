/** Simulates what Graph tells of plans, goals, tasks and people: pages, both versions, refusals. */
import * as z from 'zod';
import type { GraphCaller, GraphNeighbour } from '../graph/graph-calls.ts';
import { graphError, missingScope } from '../graph/graph-errors.ts';
import type { Answer } from '../loopback/script.ts';
import type { Call } from '../loopback/script.ts';
import { bucketsOf, detailsOf, goalsOf, notesOf, tasksOf, type PlanShape } from './made-up-plan.ts';
import { oddPeople, planScenarios, type PlanScenario } from './plan-scenarios.ts';

export type PlannerOptions = Readonly<{
  /** Who is in the directory. */
  people: readonly Readonly<{ oid: string; name: string }>[];
  clock?: () => number;
  /** Tasks on one page. */
  pageSize?: number;
  /** Milliseconds until a plan moves on by itself; never without it. */
  stepMs?: number;
}>;

export type PlannerSimulator = GraphNeighbour &
  Readonly<{
    register: (scenario: PlanScenario) => void;
    /** The plan moves on by a step. */
    moveOn: (planId: string) => void;
    /** From now on it is as if it had never been. */
    remove: (planId: string) => void;
  }>;

interface Known {
  scenario: PlanScenario;
  /** At its first reading: whoever comes late sees the same as whoever comes at once. */
  begunAt?: number;
  steps: number;
}

export function createPlannerSimulator(options: PlannerOptions): PlannerSimulator {
  const clock = options.clock ?? Date.now;
  const known = new Map<string, Known>();
  const register = (scenario: PlanScenario): void => void known.set(scenario.planId, { scenario, steps: 0 });
  for (const scenario of planScenarios) register(scenario);
  const shapeOf = (plan: Known): PlanShape => {
    const { scenario, steps } = plan;
    const begunAt = (plan.begunAt ??= clock());
    const byTime = options.stepMs === undefined ? 0 : Math.floor((clock() - begunAt) / options.stepMs);
    return { ...scenario, begunAt, step: steps + byTime };
  };
  const deps = {
    pageSize: options.pageSize ?? 100,
    names: new Map([
      ...options.people.map(({ oid, name }) => [oid, name] as const),
      [oddPeople.putOff, 'Lena Later'] as const,
    ]),
    isPutOff: createPutOff(),
    hidesNotesOf: (taskId: string) =>
      [...known.values()].some(
        (plan) =>
          plan.scenario.notesAre === 'withheld' &&
          tasksOf(shapeOf(plan)).some(({ body: { id } }) => id === taskId),
      ),
    find: (planId: string) => {
      const found = known.get(planId);
      return found && { scenario: found.scenario, shape: shapeOf(found) };
    },
  };
  return {
    annotate: annotationOf,
    answer: (call, caller) => answerTo(deps, call, caller),
    register,
    moveOn: (planId) => {
      const found = known.get(planId);
      if (found !== undefined) found.steps += 1;
    },
    remove: (planId) => void known.delete(planId),
  };
}

const path = /^\/(v1\.0|beta)\/planner\/plans\/([^/]+)(?:\/(details|buckets|tasks|goals))?$/;
const batch = /^\/(?:v1\.0|beta)\/\$batch$/;

const annotationOf: GraphNeighbour['annotate'] = (call) => {
  if (batch.test(call.path))
    return { op: call.body.includes('/planner/tasks/') ? 'notes' : 'people', about: {} };
  const [, version, plan, part = 'plan'] = path.exec(call.path) ?? [];
  return version === undefined || plan === undefined ? undefined : { op: part, about: { plan, version } };
};

type Deps = Readonly<{
  pageSize: number;
  names: ReadonlyMap<string, string>;
  isPutOff: (person: string) => boolean;
  hidesNotesOf: (taskId: string) => boolean;
  find: (planId: string) => Readonly<{ scenario: PlanScenario; shape: PlanShape }> | undefined;
}>;

function answerTo(deps: Deps, call: Call, caller: GraphCaller): Answer {
  if (call.op === 'people') return peopleOf(deps, call, caller);
  if (!caller.scopes.includes('Tasks.Read')) return missingScope(['Tasks.Read']);
  if (call.op === 'notes') return notesIn(deps, call);
  const found = deps.find(call.about['plan'] ?? '');
  if (found === undefined) return notFound();
  return partOf(deps, call, found);
}

function partOf(deps: Deps, call: Call, { scenario, shape }: NonNullable<ReturnType<Deps['find']>>): Answer {
  const isBeta = call.about['version'] === 'beta';
  const { goalsAre } = scenario;
  switch (call.op) {
    case 'details':
      return ok(detailsOf(shape));
    case 'buckets':
      return ok({ value: bucketsOf(shape) });
    case 'goals':
      if (!isBeta || goalsAre === 'notThere') return noSegment();
      return ok({ value: goalsOf(shape) });
    case 'tasks': {
      const tasks = tasksOf(shape).map(({ body, goalIds }) =>
        isBeta && goalsAre !== 'noIds' ? { ...body, goalIds } : body,
      );
      return page(scenario.pageSize ?? deps.pageSize, call, tasks);
    }
    default: {
      const { planId, title, begunAt } = shape;
      const createdDateTime = new Date(begunAt - 60 * 86_400_000).toISOString();
      return ok({ id: planId, title, createdDateTime, container: { type: 'group', containerId: planId } });
    }
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });

function page(pageSize: number, call: Call, items: readonly unknown[]): Answer {
  const skip = Number(call.query['$skiptoken'] ?? 0);
  const rest = skip + pageSize < items.length;
  const next = `http://${call.headers.host ?? ''}${call.path}?$skiptoken=${skip + pageSize}`;
  return ok({ value: items.slice(skip, skip + pageSize), ...(rest && { '@odata.nextLink': next }) });
}

const batchBody = z.object({ requests: z.array(z.object({ id: z.string(), url: z.string() })).max(20) });

/** Each part has a status of its own. */
function peopleOf({ names, isPutOff }: Deps, call: Call, { scopes }: GraphCaller): Answer {
  const asked = batchBody.safeParse(JSON.parse(call.body.toString('utf8'))).data?.requests;
  if (asked === undefined) return graphError({ status: 400, code: 'BadRequest', message: 'Invalid batch.' });
  const mayRead = scopes.includes('User.ReadBasic.All');
  const refused = (id: string, status: number, code: string) => ({ id, status, body: { error: { code } } });
  const responses = asked.map(({ id, url }) => {
    const person = /^\/users\/([^/?]+)/.exec(url)?.[1] ?? '';
    const displayName = names.get(person);
    if (!mayRead || person === oddPeople.withheld) return refused(id, 403, 'Authorization_RequestDenied');
    if (isPutOff(person)) return { ...refused(id, 429, 'TooManyRequests'), headers: { 'Retry-After': '1' } };
    if (displayName === undefined) return refused(id, 404, 'Request_ResourceNotFound');
    return { id, status: 200, body: { id, displayName } };
  });
  return ok({ responses });
}

function notesIn({ hidesNotesOf }: Deps, call: Call): Answer {
  const asked = batchBody.safeParse(JSON.parse(call.body.toString('utf8'))).data?.requests ?? [];
  const responses = asked.map(({ id, url }) => {
    const task = /^\/planner\/tasks\/([^/?]+)\/details$/.exec(url)?.[1] ?? '';
    if (hidesNotesOf(task)) return { id, status: 403, body: { error: { code: '' } } };
    return { id, status: 200, body: { id: task, description: notesOf(task), previewType: 'automatic' } };
  });
  return ok({ responses });
}

/** Each second time that they are asked for. */
function createPutOff() {
  let asked = 0;
  return function isPutOff(person: string): boolean {
    if (person !== oddPeople.putOff) return false;
    asked += 1;
    return asked % 2 === 1;
  };
}

const notFound = (): Answer =>
  graphError({ status: 404, code: '', message: 'The requested item is not found.' });

const noSegment = (): Answer =>
  graphError({ status: 400, code: 'BadRequest', message: "Resource not found for the segment 'goals'." });
