/** Pauses what is posted in a team that is archived, where nobody can post, and lets it go on when the team is active again. */
import { pauseSchedule, resumeSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { loggedOf, queueSchedule, queueTelling } from './queue-schedule.ts';
import { subscriptionsToldOf } from './subscriptions-told-of.ts';
import { saveSchedule } from './save-schedule.ts';

export interface FollowTeamDeps {
  readonly stores: Pick<Stores, 'schedules'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
}

/** May be told twice. */
export type FollowTeam = (given: {
  /** The team's first channel. */
  readonly conversation: Conversation;
  readonly to: 'archived' | 'active';
}) => Promise<void>;

export const createFollowTeam = ({ stores, transact, clock, log }: FollowTeamDeps): FollowTeam =>
  async function followTeam({ conversation, to }) {
    for (const { id } of await subscriptionsToldOf(stores, conversation))
      await transact(async (within) => {
        const schedule = await within.schedules.lock(id);
        const now = clock.now();
        const moved = schedule && (to === 'archived' ? paused(schedule, now) : resumed(schedule, now));
        if (schedule === undefined || moved === undefined) return;
        await saveSchedule(within, { before: schedule, after: moved, at: now });
        await queueSchedule(within, moved, now);
        if (to === 'archived') {
          const said = { key: `archived ${now.toISOString()}`, now, to: 'owner' } as const;
          await queueTelling(within, moved, { what: 'paused', why: 'archived' }, said);
        }
        log.info(loggedOf(moved), 'a subscription follows its team');
      });
  };

const paused = (schedule: Schedule, now: Date): Schedule | undefined =>
  schedule.state.kind === 'active' ? pauseSchedule(schedule, 'archived', now) : undefined;

const resumed = (schedule: Schedule, now: Date): Schedule | undefined =>
  schedule.state.kind === 'paused' && schedule.state.why === 'archived'
    ? resumeSchedule(schedule, now)
    : undefined;
