/** Teaches the simulators every fault link: whatever else is asked of them is answered as usual. */
import type { GraphSimulator } from '../graph/graph-simulator.ts';
import type { Fate } from '../graph/scenarios.ts';
import { defaultFate } from '../graph/scenarios.ts';
import type { LoopbackServer } from '../loopback/loopback-server.ts';
import type { WayToGraph } from '../loopback/way-to-graph.ts';
import type { Pace } from './fault-link.ts';
import { faultView } from './fault-link.ts';
import { faultLinks } from './fault-links.ts';

type Scripted = Pick<LoopbackServer, 'script'>;

type Simulators = Readonly<{
  graph: Pick<GraphSimulator, 'script' | 'register'>;
  entra: Scripted;
  /** What the bot sends into conversations passes here. */
  connector: Scripted;
  way: Pick<WayToGraph, 'mislead'>;
}>;

export type PlayOptions = Pace &
  Readonly<{
    /** Of the links that do not end otherwise; ready after 10 s without it. */
    fate?: Fate;
  }>;

export const playFaults = ({ graph, entra, connector, way }: Simulators, options: PlayOptions): void => {
  for (const { id, what, fate, play } of faultLinks) {
    const view = faultView(id);
    graph.register({ name: id, what, ...view, fate: fate ?? options.fate ?? defaultFate });
    const played = play(view, options);
    for (const rule of played.graph ?? []) graph.script(rule);
    for (const rule of played.entra ?? []) entra.script(rule);
    for (const rule of played.connector ?? []) connector.script(rule);
    if (played.way !== undefined) way.mislead(view.explorerViewId, played.way.astray, played.way.times);
  }
};
