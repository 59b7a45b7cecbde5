/** Tells what became of a schedule, once in each place; warns before its last day, and ends it afterwards. */
import { nameOf } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import { endSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { Messenger } from '../../ports/messenger.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { loggedOf, queueSchedule, queueTelling } from './queue-schedule.ts';
import { titleOf } from './listed-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface TellScheduleDeps {
  readonly stores: Pick<Stores, 'schedules' | 'targetNames' | 'exports'>;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly log: Log;
}

type TaskOf<K extends QueuedTask['kind']> = Extract<QueuedTask, { readonly kind: K }>;

/** Resolves with the seconds after which it should be tried again, if it should. */
export type TellSchedule = (task: TaskOf<'tellSchedule'>) => Promise<number | undefined>;

const usualPause = 5;

export function createTellSchedule({ stores, messenger, log }: TellScheduleDeps): TellSchedule {
  return async function tellSchedule({ scheduleId, conversation, notice, key }) {
    const schedule = await stores.schedules.load(scheduleId);
    if (schedule === undefined) return undefined;
    const isPersonal = conversation.kind === 'personal';
    const name = isPersonal
      ? nameOf(await stores.targetNames.of(schedule.owner), schedule.target)
      : undefined;
    const said = { schedule, notice, ...present({ name }), ...(await titleOf({ stores }, schedule)) };
    let isOurs: boolean | undefined;
    // Claimed just before it leaves: at most once.
    const outcome = await messenger.post(conversation, { kind: 'scheduleNotice', ...said }, async () => {
      isOurs = await stores.schedules.claimNotice(scheduleId, key);
      return isOurs;
    });
    if (isOurs === false) return undefined;
    if (outcome.kind === 'busy') {
      if (isOurs === true) await stores.schedules.releaseNotice(scheduleId, key);
      return outcome.retryAfter ?? usualPause;
    }
    if (outcome.kind !== 'sent')
      log.warn({ ...loggedOf(schedule), outcome: outcome.kind }, 'a message about a schedule was not sent');
    return undefined;
  };
}

export interface EndWhenOverDeps {
  readonly transact: Transact;
  readonly clock: Clock;
}

export type EndWhenOver = (task: TaskOf<'endSchedule'>) => Promise<void>;

export const createEndWhenOver = ({ transact, clock }: EndWhenOverDeps): EndWhenOver =>
  async function endWhenOver({ scheduleId, until }) {
    await transact(async (stores) => {
      const schedule = await stores.schedules.lock(scheduleId);
      // Extended meanwhile: another task waits for that end.
      if (schedule === undefined || schedule.until.getTime() !== new Date(until).getTime()) return;
      if (schedule.state.kind === 'ended') return;
      const now = clock.now();
      if (now < schedule.until) {
        await queueTelling(
          stores,
          schedule,
          { what: 'endsSoon' },
          { key: `endsSoon ${until}`, now, to: 'owner' },
        );
        return queueSchedule(stores, schedule, now);
      }
      const ended = endSchedule(schedule, 'over', now);
      await saveSchedule(stores, { before: schedule, after: ended, at: now });
      await queueTelling(stores, ended, { what: 'ended', why: 'over' }, { key: `ended ${until}`, now });
    });
  };

export interface TellOverDeps {
  readonly stores: Pick<Stores, 'inbound'>;
  readonly messenger: Pick<Messenger, 'post'>;
}

/** Resolves with the seconds after which it should be tried again, if it should. */
export type TellOver = (task: TaskOf<'subscriptionOver'>) => Promise<number | undefined>;

/** Nothing is kept of the subscription: that it was told is kept for a day beside the messages that were answered. */
export const createTellOver = ({ stores, messenger }: TellOverDeps): TellOver =>
  async function tellOver({ conversation, scheduleId }) {
    const { tenantId, conversationId } = conversation;
    let isOurs: boolean | undefined;
    const outcome = await messenger.post(conversation, { kind: 'subscriptionOver' }, async () => {
      isOurs = await stores.inbound.firstTime(tenantId, conversationId, `over ${scheduleId}`);
      return isOurs;
    });
    return outcome.kind === 'busy' && isOurs === undefined ? (outcome.retryAfter ?? usualPause) : undefined;
  };
