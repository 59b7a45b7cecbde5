/** Teaches the simulators, and the way to Graph, every fault link: whatever else is asked of them is answered as usual. */
import type { GraphSimulator } from '../graph/graph-simulator.ts';
import { type Fate, defaultFate } from '../graph/scenarios.ts';
import type { LoopbackServer } from '../loopback/loopback-server.ts';
import { type Pace, faultView, type Astray, type FaultLink, type FaultView } from './fault-link.ts';
import { sandboxPeople } from '../chat/people.ts';
import type { PlanScenario } from '../planner/plan-scenarios.ts';
import type { PlannerSimulator } from '../planner/planner-simulator.ts';
import { faultLinks } from './fault-links.ts';
import { freePort } from '../loopback/listening.ts';

type Scripted = Pick<LoopbackServer, 'script'>;

type Simulators = Readonly<{
  graph: Pick<GraphSimulator, 'script' | 'register'>;
  entra: Scripted;
  /** What the bot sends into conversations passes here. */
  connector: Scripted;
  way: Pick<WayToGraph, 'mislead'>;
  planner: Pick<PlannerSimulator, 'register'>;
}>;

export type PlayOptions = Pace &
  Readonly<{
    /** Of the links that do not end otherwise; ready after 10 s without it. */
    fate?: Fate;
  }>;

export const playFaults = (
  { graph, entra, connector, way, planner }: Simulators,
  options: PlayOptions,
): void => {
  for (const { id, what, fate, plan, play } of faultLinks) {
    const view = faultView(id);
    if (id.startsWith('P')) planner.register(planOf(view, plan));
    else graph.register({ name: id, what, ...view, fate: fate ?? options.fate ?? defaultFate });
    const played = play(view, options);
    for (const rule of played.graph ?? []) graph.script(rule);
    for (const rule of played.entra ?? []) entra.script(rule);
    for (const rule of played.connector ?? []) connector.script(rule);
    if (played.way !== undefined) way.mislead(view.explorerViewId, played.way.astray, played.way.times);
  }
};

/** With its tasks on several pages. */
const planOf = ({ explorerViewId: planId, shortId }: FaultView, odd: FaultLink['plan']): PlanScenario => ({
  name: shortId,
  what: 'One that something is wrong with',
  planId,
  title: `${shortId} garden`,
  tasks: 24,
  pageSize: 10,
  goals: ['Grow all the same'],
  people: sandboxPeople.map(({ oid }) => oid),
  ...odd,
});

export type WayToGraph = Readonly<{
  /** For the bot: where a call goes that is meant for `url`. */
  addressOf: (call: { readonly url: string; readonly body?: string }) => Promise<string>;
  /** So many starts of the view go astray, the next one does not, and so on. */
  mislead: (explorerViewId: string, astray: Astray, times: number) => void;
}>;

export const createWayToGraph = (): WayToGraph => {
  const misled = new Map<string, { readonly astray: Astray; readonly times: number; starts: number }>();
  const astrayOf = (body: string): Astray | undefined => {
    const found = [...misled].find(([view]) => body.includes(view))?.[1];
    if (found === undefined) return undefined;
    found.starts += 1;
    return (found.starts - 1) % (found.times + 1) < found.times ? found.astray : undefined;
  };
  return {
    addressOf: async ({ url, body }) => {
      const astray = body === undefined ? undefined : astrayOf(body);
      return astray === undefined ? url : (await elsewhere(url, astray)).href;
    },
    mislead: (view, astray, times) => void misled.set(view, { astray, times, starts: 0 }),
  };
};

async function elsewhere(address: string, astray: Astray): Promise<URL> {
  const url = new URL(address);
  switch (astray) {
    case 'unknownName':
      // Never given to anybody: RFC 2606.
      url.hostname = 'graph.invalid';
      break;
    case 'closedPort':
      url.port = String(await freePort(0));
      break;
    case 'noTls':
      url.protocol = 'https:';
  }
  return url;
}
