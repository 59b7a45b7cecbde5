/** Keeps the schedules of a chaos run as their owners' yes would, due at the seconds that were planned. */
import { randomUUID } from 'node:crypto';
import { openData } from '../../../src/app/data.ts';
import { readConfig } from '../../../src/config.ts';
import { dayIn, endOfDay, monthsLater } from '../../../src/domain/schedules/next-run.ts';
import type { Schedule } from '../../../src/domain/schedules/schedule.ts';
import type { Target } from '../../../src/domain/exports/target.ts';
import { everySource } from '../../../src/sources/sources.ts';
import { queueSchedule } from '../../../src/usecases/schedules/queue-schedule.ts';
import type { AppWorld } from '../../support/app/app-world.ts';
import { collectingLog } from '../../support/surroundings/quiet.ts';
import { botTeamsId, personalChat, teamsIdOf } from '../../support/teams/teams-places.ts';
import { leastBetween, type PlannedSchedule } from './planned-schedules.ts';

export interface SeededSchedule extends PlannedSchedule {
  /** As it is before its first run. */
  readonly schedule: Schedule;
  readonly firstDueAt: Date;
}

const zone = 'UTC';
const minute = 60_000;
const hour = 60 * minute;

/** Before the first instance starts. */
export async function seedSchedules(
  world: AppWorld,
  planned: readonly PlannedSchedule[],
): Promise<readonly SeededSchedule[]> {
  if (planned.length === 0) return [];
  const reading = readConfig(world.variables);
  if (reading.kind === 'mistakes') throw new Error(JSON.stringify(reading.mistakes));
  const clock = { now: () => new Date() };
  const data = await openData(reading.config, { log: collectingLog(), clock, chance: { newId: randomUUID } });
  try {
    const seeded = planned.map((one) => seededOf(world, one, clock.now()));
    await data.transact(async (stores) => {
      for (const { schedule } of seeded) {
        await stores.schedules.insert(schedule);
        await queueSchedule(stores, schedule, clock.now());
      }
    });
    return seeded;
  } finally {
    await data.queue.stop(0);
    await data.database.close();
  }
}

function seededOf(world: AppWorld, planned: PlannedSchedule, now: Date): SeededSchedule {
  const { id, person, place, condition, url, dueAfter } = planned;
  const firstDueAt = new Date(now.getTime() + dueAfter);
  const { id: conversationId, tenantId, kind } = place;
  const until = monthsLater(dayIn(zone, now), 3);
  const nextTime = timeAfter(planned, firstDueAt);
  const schedule: Schedule = {
    id,
    owner: { tenantId, userId: person.oid, name: person.name, channelUserId: teamsIdOf(person) },
    target: targetAt(url),
    conversation: {
      tenantId,
      conversationId,
      kind,
      serviceUrl: world.channel.serviceUrl(),
      botChannelId: botTeamsId(world.variables['BOT_ID'] ?? ''),
    },
    audience: kind === 'personal' ? 'owner' : 'everybody',
    ...(kind === 'personal' ? {} : { ownerChatId: personalChat(person).id }),
    timing: {
      days: { kind: 'everyDay' },
      at: { hour: nextTime.getUTCHours(), minute: nextTime.getUTCMinutes() },
      condition,
      until,
    },
    zone,
    until: endOfDay(until, zone),
    state: { kind: 'active', nextAt: firstDueAt },
    failures: 0,
    madeAt: now,
  };
  return { ...planned, schedule, firstDueAt };
}

/** When it is due for the last time in this run, if it is not late. */
export const lastDueOf = (one: SeededSchedule): Date =>
  one.isDueAgain ? timeAfter(one, one.firstDueAt) : one.firstDueAt;

/** When it is due every day: at a whole minute soon after the first run, or at another time of the day. */
function timeAfter({ isDueAgain }: PlannedSchedule, first: Date): Date {
  const at = first.getTime();
  return new Date(isDueAgain ? Math.ceil((at + leastBetween) / minute) * minute : at + 12 * hour);
}

function targetAt(url: string): Target {
  for (const { readLink } of everySource) {
    const reading = readLink(url);
    if (reading.kind === 'target') return reading.target;
  }
  throw new Error(`No source has ${url}`);
}
