/** Queues what follows from how a schedule is now: its next run, and its end with a warning before. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import type { Run, RunOutcome, Schedule, ScheduleNotice } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Stores } from '../../ports/runtime.ts';
import { day } from '../machine/limits.ts';

const warnedBefore = 7 * day;

const personOf = ({ owner: { tenantId, userId } }: Schedule): Pick<Requester, 'tenantId' | 'userId'> => ({
  tenantId,
  userId,
});

/** For the transaction that keeps the schedule. What is queued for another time stays, and will do nothing. */
export async function queueSchedule({ queue }: Stores, schedule: Schedule, now: Date): Promise<void> {
  const { id: scheduleId, state, until } = schedule;
  if (state.kind === 'ended' || state.kind === 'offered') return;
  const of = { person: personOf(schedule), scheduleId };
  if (state.kind === 'active' && state.nextAt !== undefined)
    await queue.scheduleTask({ kind: 'runSchedule', ...of, dueAt: state.nextAt.toISOString() }, state.nextAt);
  const warning = new Date(until.getTime() - warnedBefore);
  const at = warning > now ? warning : until;
  await queue.scheduleTask({ kind: 'endSchedule', ...of, until: until.toISOString() }, at);
}

export const queueRun = ({ queue }: Stores, schedule: Schedule, { dueAt }: Run, at: Date): Promise<void> =>
  queue.scheduleTask(
    {
      kind: 'carryRun',
      person: personOf(schedule),
      scheduleId: schedule.id,
      dueAt: dueAt.toISOString(),
    },
    at,
  );

/** Where its owner alone is spoken to; where a subscription is posted, if nothing better is known. */
export const ownerChatOf = async (
  { schedules }: Pick<Stores, 'schedules'>,
  { audience, conversation, owner, ownerChatId }: Schedule,
): Promise<Conversation> => {
  if (audience === 'owner') return conversation;
  const known = await schedules.personalChatOf(owner);
  if (known !== undefined || ownerChatId === undefined) return known ?? conversation;
  return { ...conversation, kind: 'personal', conversationId: ownerChatId };
};

interface Telling {
  readonly key: string;
  readonly now: Date;
  readonly to?: 'all' | 'owner' | 'others';
}

/**
 * Tells its owner, and where it is a subscription those who see it, once.
 * @param key tells one such message from another of the same schedule
 */
export async function queueTelling(
  stores: Stores,
  schedule: Schedule,
  notice: ScheduleNotice,
  { key, now, to = 'all' }: Telling,
): Promise<void> {
  const home = await ownerChatOf(stores, schedule);
  const others = to !== 'owner' && schedule.audience === 'everybody' ? [schedule.conversation] : [];
  const places =
    to === 'others' ? others : [home, ...others.filter((one) => one.conversationId !== home.conversationId)];
  for (const conversation of places)
    await stores.queue.scheduleTask(
      {
        kind: 'tellSchedule',
        person: personOf(schedule),
        scheduleId: schedule.id,
        conversation,
        notice,
        key: `${key} ${conversation.conversationId}`,
      },
      now,
    );
}

/** Its owner has done it themselves; those who see it learn that it has stopped. */
export async function tellOthers(
  stores: Stores,
  before: Schedule,
  { state, ...after }: Schedule,
  now: Date,
): Promise<void> {
  if (state.kind === before.state.kind) return;
  const schedule = { ...after, state };
  const said = { key: `${state.kind} ${now.toISOString()}`, now, to: 'others' } as const;
  if (state.kind === 'ended') await queueTelling(stores, schedule, { what: 'ended', why: state.why }, said);
  if (state.kind === 'paused') await queueTelling(stores, schedule, { what: 'paused', why: state.why }, said);
}

/** What is to be told of a run that ended without a card: that it paused the schedule, or that it was left out, the first time. */
export async function tellEnded(
  stores: Stores,
  before: Schedule,
  { state, ...after }: Schedule,
  { dueAt }: Run,
  outcome: RunOutcome,
  now: Date,
): Promise<void> {
  const at = dueAt.toISOString();
  const schedule = { ...after, state };
  if (before.state.kind === 'active' && state.kind === 'paused')
    await queueTelling(stores, schedule, { what: 'paused', why: state.why }, { key: `paused ${at}`, now });
  else if (outcome === 'skipped' && before.failures === 0)
    await queueTelling(
      stores,
      schedule,
      { what: 'skipped', dueAt: at },
      { key: `skipped ${at}`, now, to: 'owner' },
    );
}

/** What log lines say of it. */
export const loggedOf = ({ id, owner, state, lastRun }: Schedule) => ({
  scheduleId: id,
  tenantId: owner.tenantId,
  userId: owner.userId,
  standing: state.kind,
  ...('why' in state ? { why: state.why } : {}),
  ...present({ outcome: lastRun?.outcome, exportId: lastRun?.exportId }),
});
