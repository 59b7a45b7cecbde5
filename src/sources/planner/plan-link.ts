/** Reads and writes addresses of plans in Planner, in every form that people paste. */
import { isGuid } from '../../domain/guid.ts';
import { present } from '../../domain/present.ts';

/** A plan, as an address names it. */
export interface PlanLink {
  /** Case counts. */
  readonly planId: string;
  /** Lower-case GUID, where the address says it. */
  readonly tenantId?: string;
}

type PlanLinkProblem =
  | 'tooLong'
  | 'notHttps'
  | 'unusualAddress'
  | 'ownTasks'
  | 'premiumPlan'
  | 'taskAlone'
  | 'tabWithoutPlan'
  | 'badPlanId'
  | 'manyPlanIds'
  | 'noPlan';

export type PlanLinkReading =
  /** `ofTask`: it leads to one task of the plan. */
  | { readonly kind: 'plan'; readonly plan: PlanLink; readonly ofTask: boolean }
  | { readonly kind: 'noPlan'; readonly problem: PlanLinkProblem }
  | { readonly kind: 'elsewhere' };

const home = 'planner.cloud.microsoft';
export const plannerHosts: readonly string[] = [home, 'tasks.office.com'];
const teams =
  /^(?:(?:[\w-]+\.)?teams\.(?:microsoft\.com|microsoft\.us|cloud\.microsoft)|teams\.microsoftonline\.cn)$/;

/** Planner's app and its tab in Teams. */
const plannerTab = /teamspace\.tab\.planner|1ded03cb-ece5-4e7c-9f73-61c375528078/i;

/** Addresses of tabs carry another address twice encoded. */
export const longestLink = 8192;
const deepestEncoding = 4;

const idShape = /^[\w-]{20,64}$/;
const elsewhere: PlanLinkReading = { kind: 'elsewhere' };
const noPlan = (problem: PlanLinkProblem): PlanLinkReading => ({ kind: 'noPlan', problem });

/** `elsewhere` for anything whose parsed host is neither Planner's nor that of a Teams tab of Planner. */
export function readPlanLink(text: string): PlanLinkReading {
  if (text.length > longestLink)
    return plannerHosts.some((host) => text.includes(`//${host}/`)) ? noPlan('tooLong') : elsewhere;
  if (!URL.canParse(text)) return elsewhere;
  const url = new URL(text);
  const isPlanner = plannerHosts.includes(url.hostname);
  if (!isPlanner && !teams.test(url.hostname)) return elsewhere;
  if (!isPlanner) return url.protocol === 'https:' ? readTab(url) : elsewhere;
  if (url.protocol !== 'https:') return noPlan('notHttps');
  if (url.port !== '' || url.username !== '' || url.password !== '') return noPlan('unusualAddress');
  return readPage(url);
}

/** What is behind `#` is an address of its own, with a path and a query. */
function readPage(url: URL): PlanLinkReading {
  const inside = URL.parse(url.hash.slice(1) || '/', url.origin) ?? new URL(url.origin);
  const steps = [...stepsOf(url), ...stepsOf(inside)];
  const parameters = [...url.searchParams, ...inside.searchParams].map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  if (steps.some((step) => /^premiumplan$/i.test(step))) return noPlan('premiumPlan');
  const named = [
    ...after(steps, /^(?:plan|planviews)$/i),
    ...parameters.flatMap(([name, value]) => (name === 'planid' ? [value] : [])),
  ];
  const isOfTask = after(steps, /^task$/i).length > 0 || parameters.some(([name]) => name === 'taskid');
  if (named.length === 0) return noPlan(withoutPlan(steps, isOfTask));
  return planOf(named, tenantIn(steps, parameters), isOfTask);
}

const stepsOf = ({ pathname }: URL): readonly string[] => pathname.split('/').filter((step) => step !== '');

const after = (steps: readonly string[], name: RegExp): readonly string[] =>
  steps.flatMap((step, at) => (name.test(step) ? (steps[at + 1] ?? []) : []));

const ownPages = /^(?:myplans|my-?day|my-?tasks|assignedtome|todo|tasks)$/i;

function withoutPlan(steps: readonly string[], isOfTask: boolean): PlanLinkProblem {
  if (isOfTask) return 'taskAlone';
  return steps.some((step) => ownPages.test(step)) ? 'ownTasks' : 'noPlan';
}

/** The first step of older addresses is the tenant, by its id or by a domain, which says nothing here. */
const tenantIn = (
  steps: readonly string[],
  parameters: readonly (readonly [name: string, value: string])[],
): string | undefined =>
  [...parameters.flatMap(([name, value]) => (name === 'tid' ? [value] : [])), steps[0] ?? ''].find(isGuid);

function planOf(named: readonly string[], tenantId: string | undefined, ofTask: boolean): PlanLinkReading {
  const [planId, ...others] = new Set(named);
  if (planId === undefined) return noPlan('noPlan');
  if (others.length > 0) return noPlan('manyPlanIds');
  if (!idShape.test(planId)) return noPlan('badPlanId');
  return { kind: 'plan', plan: { planId, ...present({ tenantId: tenantId?.toLowerCase() }) }, ofTask };
}

const planInTab = /(?:\bplanId["']?\s*[=:]\s*["']?|\/(?:webui\/plan|PlanViews)\/)([\w-]+)/gi;
const tenantInTab = /\b(?:tid|tenantId)["']?\s*[=:]\s*["']?([0-9a-f-]{36})/i;

/** The plan stands somewhere in what the tab's address carries, encoded once or several times. */
function readTab(url: URL): PlanLinkReading {
  const text = decodedDeeply(url.href);
  const named = [...text.matchAll(planInTab)].flatMap(([, planId]) => planId ?? []);
  if (named.length === 0) return plannerTab.test(url.pathname) ? noPlan('tabWithoutPlan') : elsewhere;
  const tenantId = tenantInTab.exec(text)?.[1];
  return planOf(named, tenantId !== undefined && isGuid(tenantId) ? tenantId : undefined, false);
}

function decodedDeeply(text: string): string {
  let decoded = text;
  for (let depth = 0; depth < deepestEncoding && decoded.includes('%'); depth += 1) {
    // A lone percent sign must not hide the rest.
    decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
  return decoded;
}

/** The plan's own address, safe to show as a link. */
export const planAddress = ({ planId, tenantId }: PlanLink): string =>
  `https://${home}/webui/plan/${planId}/view/board${tenantId === undefined ? '' : `?tid=${tenantId}`}`;
