/** Ends exports soon or late after their paste, and tells what the messages beside their cards say. */
import assert from 'node:assert/strict';
import { present } from '../../../src/domain/present.ts';
import type { Scene } from './use-case-suite.ts';
import type { Rig } from './use-case-rig.ts';

export async function started(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  return outcome.exportId;
}

export const told = (rig: Rig) => rig.teams.posts('notice').map(({ job }) => job.state.status);

export const notices = (rig: Rig, { conversation }: Scene) =>
  rig.teams.standing(conversation).filter((message) => message.kind === 'notice');

/** What the messages beside the cards say now. */
export const standing = (rig: Rig, scene: Scene) => notices(rig, scene).map(({ job }) => job.state.status);

/** An export whose job at Graph succeeds so many seconds after the paste, and is looked at just then. */
export async function endedAfter(
  rig: Rig,
  scene: Scene,
  seconds: number,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
  expiresAt?: Date,
): Promise<void> {
  const begun = rig.clock.now().getTime();
  const exportId = await started(rig, scene);
  await rig.settle();
  await meanwhile();
  rig.pass(seconds - (rig.clock.now().getTime() - begun) / 1000);
  for (const { id } of rig.graph.jobsOf(scene.view))
    rig.graph.change(id, { status: 'succeeded', ...present({ expiresAt }) });
  await rig.engine.followUp(exportId);
  await rig.settle();
  assert.equal((await rig.job(exportId)).state.status, 'ready');
}

export function failAtGraph(rig: Rig, { view }: Scene): void {
  for (const { id } of rig.graph.jobsOf(view)) rig.graph.change(id, { status: 'failed' });
}

/** An export that has failed long after the paste, and a message that says so. */
export async function failedLate(rig: Rig, scene: Scene): Promise<string> {
  const exportId = await started(rig, scene);
  await rig.run({ seconds: 60 });
  failAtGraph(rig, scene);
  await rig.run({ seconds: 60 });
  return exportId;
}
