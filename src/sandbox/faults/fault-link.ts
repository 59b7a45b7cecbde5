/** Describes a fault link: a row of the fault table, the explorer view that calls it up, and the rules that play it. */
import type { Fate } from '../graph/scenarios.ts';
import { explorerUrlOf } from '../graph/scenarios.ts';
import { planLinkOf, type PlanScenario } from '../planner/plan-scenarios.ts';
import type { Rule } from '../loopback/script.ts';

/** G = Graph, T = transport, E = Entra ID, C = connector (Teams), S = store and process, P = Planner. */
export type FaultId = `${'G' | 'T' | 'E' | 'C' | 'S' | 'P'}${number}`;

/** Of a plan the id is its view's, and no organisation is named. */
export type FaultView = Readonly<{
  goalsOrganizationId: string;
  explorerViewId: string;
  /** What cards call the view. */
  shortId: string;
  url: string;
}>;

/** Where a start ends that does not reach Graph. */
export type Astray = 'unknownName' | 'closedPort' | 'noTls';

/** Rules for each simulator; a rule must leave every other view alone. */
export type Played = Readonly<{
  graph?: readonly Rule[];
  entra?: readonly Rule[];
  /** What the bot sends into conversations. */
  connector?: readonly Rule[];
  /** The first starts do not reach Graph. */
  way?: Readonly<{ astray: Astray; times: number }>;
}>;

export type Pace = Readonly<{
  /** What a simulator asks for when it asks for patience. */
  retryAfterSeconds: number;
}>;

export type FaultLink = Readonly<{
  id: FaultId;
  /** What goes wrong, a sentence. */
  what: string;
  /** What to do beside pasting the link, and what the person sees. */
  see: string;
  /** What becomes of the job; ready after 10 s without it. */
  fate?: Fate;
  /** What is odd about the plan itself. */
  plan?: Partial<Pick<PlanScenario, 'goalsAre' | 'notesAre' | 'people'>>;
  play: (view: FaultView, pace: Pace) => Played;
}>;

const kinds: Readonly<Record<string, string>> = { G: '6', T: '7', E: 'e', C: 'c', S: '5' };

/** Ids that nothing else has; cards show `fa17`, then a digit for the letter of the row, and its number. */
export const faultView = (id: FaultId): FaultView => {
  if (id.startsWith('P')) return planView(id);
  const shortId = `fa17${kinds[id.charAt(0)] ?? '0'}0${id.slice(1).padStart(2, '0')}`;
  const view = {
    goalsOrganizationId: `${shortId}-0000-4000-8000-000000000001`,
    explorerViewId: `${shortId}-0000-4000-8000-000000000002`,
  };
  return { ...view, shortId, url: explorerUrlOf(view) };
};

/** Of an organisation that nobody here is in. */
const anotherTenant = '4ade8373-951b-424f-9eac-7fb0635fc284';

function planView(id: FaultId): FaultView {
  const shortId = `FaultP${id.slice(1).padStart(2, '0')}`;
  const planId = `${shortId}-plan-00000000000000`.slice(0, 28);
  const url = `${planLinkOf({ planId })}${id === 'P3' ? `?tid=${anotherTenant}` : ''}`;
  return { goalsOrganizationId: '', explorerViewId: planId, shortId, url };
}
