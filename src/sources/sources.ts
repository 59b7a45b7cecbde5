/** Lists the sources that this bot has, and finds one by its name: port ExportSources. */
import type { GraphClient } from '../adapters/graph/http/graph-client.ts';
import type { ExportSource, ExportSources, SourceCalls, SourceFacts } from '../ports/export-source.ts';
import { goals } from './goals/goals-source.ts';
import { planner } from './planner/planner-source.ts';

/** Those of the environment that are about one source. */
export interface SourceSettings {
  readonly PLANNER_GOALS: 'auto' | 'off';
  readonly MAX_ROWS: number;
}

interface Source extends SourceFacts {
  readonly connect: (graph: GraphClient, settings: SourceSettings) => SourceCalls;
}

/** Each in a folder of its own, those that need no administrator's consent first: so they are named, and asked for. */
export const everySource: readonly Source[] = [planner, goals];

export const connectSources = (graph: GraphClient, settings: SourceSettings): readonly ExportSource[] =>
  everySource.map(({ connect, ...facts }) => ({ ...facts, ...connect(graph, settings) }));

export function createSources(all: readonly ExportSource[]): ExportSources {
  const byName = new Map(all.map((source) => [source.name, source]));
  return {
    all,
    of: function sourceOf({ source }) {
      const found = byName.get(source);
      if (found === undefined)
        throw new Error(`An export names a source that this bot does not know: ${source}`);
      return found;
    },
  };
}
