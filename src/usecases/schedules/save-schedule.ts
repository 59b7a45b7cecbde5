/** Saves a schedule that was changed, with what the audit trail tells of it, in the caller's transaction. */
import { scheduleEntries } from '../../domain/audit/schedule-entries.ts';
import type { Person } from '../../domain/exports/export-job.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Stores } from '../../ports/runtime.ts';

interface Change {
  /** As it was locked. */
  readonly before: Schedule;
  readonly after: Schedule;
  readonly at: Date;
  /** Who did it, where it was not its owner or the time. */
  readonly by?: Person;
}

export async function saveSchedule(
  stores: Pick<Stores, 'schedules' | 'audit'>,
  { before, after, at, by }: Change,
): Promise<void> {
  await stores.schedules.save(after);
  for (const entry of scheduleEntries(before, after, at, by)) await stores.audit.record(entry);
}

export async function insertSchedule(
  stores: Pick<Stores, 'schedules' | 'audit'>,
  schedule: Schedule,
  at: Date,
): Promise<void> {
  await stores.schedules.insert(schedule);
  for (const entry of scheduleEntries(undefined, schedule, at)) await stores.audit.record(entry);
}
