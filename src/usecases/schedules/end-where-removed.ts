/** Ends what is posted by schedule where the bot was removed, and tells the owners. */
import { endSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Clock, Log, Stores } from '../../ports/runtime.ts';
import { loggedOf, queueTelling } from './queue-schedule.ts';
import { isLive } from './end-subscription.ts';
import { subscriptionsToldOf } from './subscriptions-told-of.ts';
import { saveSchedule } from './save-schedule.ts';

/** For the transaction that forgets the conversation. */
export type EndWhereRemoved = (stores: Stores, conversation: Conversation) => Promise<void>;

export const createEndWhereRemoved = ({
  clock,
  log,
}: {
  readonly clock: Clock;
  readonly log: Log;
}): EndWhereRemoved =>
  async function endWhereRemoved(stores, conversation) {
    for (const { id } of await subscriptionsToldOf(stores, conversation)) {
      const schedule = await stores.schedules.lock(id);
      if (schedule === undefined || !isLive(schedule)) continue;
      const now = clock.now();
      const ended = endSchedule(schedule, 'botRemoved', now);
      await saveSchedule(stores, { before: schedule, after: ended, at: now });
      const said = { key: 'ended', now, to: 'owner' } as const;
      await queueTelling(stores, ended, { what: 'ended', why: 'botRemoved' }, said);
      log.info(loggedOf(ended), 'a subscription has ended');
    }
  };
