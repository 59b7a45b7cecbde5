/** Makes exports that are ready, for the tests of what files say. */
import assert from 'node:assert/strict';
import { csvOf } from './scripted-graph.ts';
import type { Rig } from './use-case-rig.ts';
import { succeedAtGraph, type Scene } from './use-case-suite.ts';

/** The export of the scene's view as Graph has just finished it; nobody has read it yet. */
export async function readyExport(rig: Rig, scene: Scene): Promise<string> {
  const started = await rig.startExport(scene);
  assert.ok('exportId' in started);
  // Long enough for its person to look elsewhere.
  await rig.run({ seconds: 11 });
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 20 });
  return started.exportId;
}

/** The next fetches of content give these rows under a usual header. */
export function graphSays(rig: Rig, ...rows: readonly string[]): void {
  rig.graph.script.content.push(() => ({ kind: 'content', stream: csvOf(tableOf(...rows)) }));
}

export const tableOf = (...rows: readonly string[]): string =>
  ['Id,Title,Object Type,Progress %,Status', ...rows, ''].join('\n');
