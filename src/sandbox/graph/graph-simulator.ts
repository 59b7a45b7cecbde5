/** Simulates Microsoft Graph's goals export API on loopback, as documented, traps included. */
import type { LoopbackServer } from '../loopback/loopback-server.ts';
import { createLoopbackServer } from '../loopback/loopback-server.ts';
import type { GraphNeighbour, VerifyGraphToken } from './graph-calls.ts';
import { contentOf } from './graph-operations.ts';
import { createGraphRequests } from './graph-requests.ts';
import type { OperationDeps } from './job-access.ts';
import { createJobStore } from './job-store.ts';
import type { SimulatedJob } from './job-store.ts';
import type { Fate, Scenario } from './scenarios.ts';
import { defaultFate, scenarios, tellingScenarios } from './scenarios.ts';

export type GraphSimulatorOptions = Readonly<{
  verifyToken: VerifyGraphToken;
  port?: number;
  clock?: () => number;
  /** JSON lines; restores List after a restart. The fate of a job needs no file: its id carries it. */
  journalFile?: string;
  /** Added to every answer. */
  latencyMs?: number;
  /** What happens to views that no scenario names; `ready in 10 s` without it. */
  fallback?: Fate;
  /** Jobs on one page of List; 100 without it. */
  pageSize?: number;
  beside?: GraphNeighbour;
}>;

export type GraphSimulator = LoopbackServer &
  Readonly<{
    /** For `GRAPH_BASE_URL`: the url with `/beta`. */
    baseUrl: () => string;
    register: (scenario: Scenario) => void;
    /** Only these people may use the organisation; others get 403, or 404 as if it were not there. */
    restrict: (organizationId: string, oids: readonly string[], refusal?: 403 | 404) => void;
    /** Every known job, oldest first. */
    jobs: () => readonly SimulatedJob[];
    completeJob: (id: string) => void;
    setStatus: (id: string, status: string) => void;
    /** From now on 404 `exportJobNotFound`. */
    forgetJob: (id: string) => void;
    /** The exact bytes that `content` answers with. */
    contentOf: (id: string) => Buffer;
  }>;

export const createGraphSimulator = (options: GraphSimulatorOptions): GraphSimulator => {
  const clock = options.clock ?? Date.now;
  const jobs = createJobStore(clock, options.journalFile);
  const known: Scenario[] = [...scenarios, ...tellingScenarios];
  const members = new Map<string, { oids: readonly string[]; refusal: 403 | 404 }>();

  const deps: OperationDeps = {
    jobs,
    clock,
    scenarioOf: scenarioAmong(known, options.fallback ?? defaultFate),
    refusalOf: (organizationId, { oid }) => {
      const rule = members.get(organizationId);
      return rule && !rule.oids.includes(oid) ? rule.refusal : undefined;
    },
    base: () => `${server.url()}/beta`,
    pageSize: options.pageSize ?? 100,
  };

  const server = createLoopbackServer({
    clock,
    ...createGraphRequests({
      ...deps,
      verifyToken: options.verifyToken,
      latencyMs: options.latencyMs ?? 0,
      beside: options.beside,
    }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });

  return {
    ...server,
    baseUrl: deps.base,
    register: (scenario) => known.unshift(scenario),
    restrict: (organizationId, oids, refusal = 403) => members.set(organizationId, { oids, refusal }),
    jobs: jobs.all,
    completeJob: (id) => jobs.setStatus(id, 'succeeded'),
    setStatus: jobs.setStatus,
    forgetJob: jobs.forget,
    contentOf: (id) => {
      const job = jobs.find(id);
      if (!job) throw new Error(`The simulator knows no job ${id}`);
      return contentOf(deps, job);
    },
  };
};

type View = Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>;

function scenarioAmong(known: readonly Scenario[], fallback: Fate) {
  return function scenarioOf(view: View): Pick<Scenario, 'fate' | 'rows' | 'contentForm'> {
    return (
      known.find(
        (one) =>
          one.goalsOrganizationId === view.goalsOrganizationId && one.explorerViewId === view.explorerViewId,
      ) ??
      // An organisation that refuses does so whatever the view.
      known.find((one) => one.goalsOrganizationId === view.goalsOrganizationId && refuses(one.fate)) ?? {
        fate: fallback,
      }
    );
  };
}

const refuses = ({ kind }: Fate): boolean =>
  kind === 'unknownOrganization' || kind === 'noAccess' || kind === 'retired';
