/** Planner as a source: plans, read as the person and page by page; nothing is made or kept at Microsoft. */
import type { GraphClient } from '../../adapters/graph/http/graph-client.ts';
import { tenantOfToken } from '../../adapters/graph/http/token-tenant.ts';
import type { LinkReading, Target } from '../../domain/exports/target.ts';
import { present } from '../../domain/present.ts';
import type { CreateAnswer, SourceCalls } from '../../ports/export-source.ts';
import { planAddress, plannerHosts, readPlanLink, type PlanLink } from './plan-link.ts';
import { createPlannerCalls } from './planner-calls.ts';
import { readPlan, readPlanContent } from './read-plan.ts';

const name = 'planner';

export const planner = {
  name,
  fileName: 'Planner',
  scopes: ['https://graph.microsoft.com/Tasks.Read', 'https://graph.microsoft.com/User.ReadBasic.All'],
  peopleMayAllow: true,
  graphPath: '/v1.0/planner/plans',
  bareHosts: plannerHosts,
  readLink,
  connect,
};

interface Settings {
  /** `off`: goals are not asked for. */
  readonly PLANNER_GOALS: 'auto' | 'off';
  /** So many tasks of a plan are read at most. */
  readonly MAX_ROWS: number;
}

function connect(graph: GraphClient, { PLANNER_GOALS, MAX_ROWS: maxTasks }: Settings): SourceCalls {
  const { maxDownloadBytes: maxBytes, log } = graph.deps;
  const readsGoals = PLANNER_GOALS === 'auto';
  const deps = { calls: createPlannerCalls(graph), readsGoals, maxTasks, maxBytes, log };
  return {
    create: async (accessToken, target) => {
      const plan = planOf(target);
      if (isElsewhere(plan, accessToken)) return { kind: 'refused', reason: 'notValid' };
      const found = await readPlan(deps, accessToken, plan);
      if (found.kind === 'missing') return notFound(found.requestId);
      if (found.kind !== 'one') return found;
      const { title, createdDateTime } = found.item;
      return {
        kind: 'ready',
        ...present({ title: title?.trim() || undefined, place: createdDateTime?.slice(0, 10) }),
      };
    },
    content: async (accessToken, { target }) => readPlanContent(deps, accessToken, planOf(target)),
  };
}

const notFound = (requestId: string | undefined): CreateAnswer => ({
  kind: 'refused',
  reason: 'placeNotFound',
  ...present({ requestId }),
});

/** Another organisation's plan is not to be found in this one, whoever asks. */
function isElsewhere({ tenantId }: PlanLink, accessToken: string): boolean {
  const own = tenantOfToken(accessToken);
  return tenantId !== undefined && own !== undefined && tenantId !== own;
}

function readLink(address: string): LinkReading {
  const reading = readPlanLink(address);
  switch (reading.kind) {
    case 'plan':
      return { kind: 'target', target: targetOf(reading.plan), ...(reading.ofTask && { note: 'ofTask' }) };
    case 'noPlan':
      return { kind: 'noTarget', source: name, problem: reading.problem };
    case 'elsewhere':
      return reading;
  }
}

const targetOf = (plan: PlanLink): Target => ({
  source: name,
  key: plan.planId,
  label: plan.planId.slice(0, 8),
  address: planAddress(plan),
});

/** The address says which organisation's it is, where the link did. */
function planOf({ key, address = '' }: Target): PlanLink {
  const reading = readPlanLink(address);
  return reading.kind === 'plan' && reading.plan.planId === key ? reading.plan : { planId: key };
}
