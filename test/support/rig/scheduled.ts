/** Sets up schedules in the use case rig and lets their runs come, with what Graph says each time. */
import assert from 'node:assert/strict';
import type { Schedule, Timing } from '../../../src/domain/schedules/schedule.ts';
import type { SetUpWish } from '../../../src/usecases/schedules/set-up-schedule.ts';
import { graphSays } from './ended-exports.ts';
import { succeedAtGraph, type Scene } from './use-case-suite.ts';
import type { Rig } from './use-case-rig.ts';

/** The rig's clock begins on a Monday, at 9:00. */
export const mondays = (change: Partial<Timing> = {}): Timing => ({
  days: { kind: 'weekly', on: [1] },
  at: { hour: 10, minute: 0 },
  condition: 'always',
  ...change,
});

export const hour = 3600;
export const week = 7 * 24 * hour;

export async function scheduled(
  rig: Rig,
  { requester, conversation, target }: Scene,
  wish: Partial<SetUpWish> = {},
): Promise<Schedule> {
  const what = { target } as const;
  const outcome = await rig.schedules.setUp({
    requester,
    conversation,
    what,
    timing: mondays(),
    zone: 'UTC',
    ...wish,
  });
  assert.ok(outcome.kind === 'scheduled' || outcome.kind === 'askConsent', outcome.kind);
  const { schedule } = outcome.listed;
  if (outcome.kind === 'scheduled') return schedule;
  const accepted = await rig.subscriptions.accept({ requester, conversation, scheduleId: schedule.id });
  assert.ok(accepted.kind === 'accepted', accepted.kind);
  return accepted.listed.schedule;
}

export async function runNext(rig: Rig, scene: Scene, ...rows: readonly string[]): Promise<void> {
  const { id } = await onlySchedule(rig, scene);
  const { state } = (await rig.stores.schedules.load(id)) ?? {};
  assert.ok(state?.kind === 'active' && state.nextAt !== undefined);
  await passTo(rig, new Date(state.nextAt.getTime() + 1000));
  await readAtGraph(rig, scene, ...rows);
}

/** Its job succeeds, and the file is read. */
export async function readAtGraph(rig: Rig, scene: Scene, ...rows: readonly string[]): Promise<void> {
  succeedAtGraph(rig, scene);
  graphSays(rig, ...rows);
  await rig.run({ seconds: 30 });
  await rig.workOnFiles();
  await rig.run({ seconds: 120 });
}

export const passTo = (rig: Rig, at: Date): Promise<void> =>
  rig.run({ seconds: (at.getTime() - rig.clock.now().getTime()) / 1000, wakes: 10_000 });

export async function onlySchedule(rig: Rig, { requester }: Pick<Scene, 'requester'>): Promise<Schedule> {
  const [listed] = await rig.schedules.list({ requester });
  assert.ok(listed);
  return listed.schedule;
}

export const outcomeOf = async (rig: Rig, id: string): Promise<string | undefined> =>
  (await rig.stores.schedules.load(id))?.lastRun?.outcome;
