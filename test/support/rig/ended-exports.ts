/** Makes exports that have ended, read or not, soon or late; tells what the messages beside their cards say. */
import assert from 'node:assert/strict';
import { present } from '../../../src/domain/present.ts';
import { csvOf } from './scripted-graph.ts';
import { startedExport, succeedAtGraph, type Scene } from './use-case-suite.ts';
import type { Rig } from './use-case-rig.ts';

/** The export of the scene's view as Graph has just finished it; nobody has read it yet. */
export async function readyExport(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await startedExport(rig, scene);
  // Long enough for its person to look elsewhere.
  await rig.run({ seconds: 11 });
  succeedAtGraph(rig, scene);
  await rig.run({ seconds: 20 });
  return exportId;
}

/** The next fetches of content give these rows under a usual header. */
export function graphSays(rig: Rig, ...rows: readonly string[]): void {
  rig.graph.script.content.push(() => ({ kind: 'content', stream: csvOf(tableOf(...rows)) }));
}

export const tableOf = (...rows: readonly string[]): string =>
  ['Id,Title,Object Type,Progress %,Status', ...rows, ''].join('\n');

/** An export whose job at Graph succeeds so many seconds after the paste, and is looked at just then. */
export async function endedAfter(
  rig: Rig,
  scene: Scene,
  seconds: number,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
  expiresAt?: Date,
): Promise<void> {
  const begun = rig.clock.now().getTime();
  const exportId = await startedExport(rig, scene);
  await rig.settle();
  await meanwhile();
  rig.pass(seconds - (rig.clock.now().getTime() - begun) / 1000);
  for (const { id } of rig.graph.jobsOf(scene.target))
    rig.graph.change(id, { status: 'succeeded', ...present({ expiresAt }) });
  await rig.engine.followUp(exportId);
  await rig.settle();
  assert.equal((await rig.job(exportId)).state.status, 'ready');
}

export function failAtGraph(rig: Rig, { target }: Scene): void {
  for (const { id } of rig.graph.jobsOf(target)) rig.graph.change(id, { status: 'failed' });
}

/** An export that has failed long after the paste, and a message that says so. */
export async function failedLate(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await startedExport(rig, scene);
  await rig.run({ seconds: 60 });
  failAtGraph(rig, scene);
  await rig.run({ seconds: 60 });
  return exportId;
}

export const told = (rig: Rig) => rig.teams.posts('notice').map(({ job }) => job.state.status);

export const notices = (rig: Rig, { conversation }: Scene) =>
  rig.teams.standing(conversation).filter((message) => message.kind === 'notice');

/** What the messages beside the cards say now. */
export const standing = (rig: Rig, scene: Scene) => notices(rig, scene).map(({ job }) => job.state.status);
