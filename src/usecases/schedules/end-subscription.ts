/** Ends a subscription: because somebody says so, or because its owner has left those they share it with. */
import type { Requester } from '../../domain/exports/export-job.ts';
import { present } from '../../domain/present.ts';
import { endSchedule } from '../../domain/schedules/schedule-moves.ts';
import type { EndCause, Schedule } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { FindMember } from '../../ports/messenger.ts';
import type { Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { loggedOf, queueTelling } from './queue-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

export interface EndSubscriptionDeps {
  readonly stores: Pick<Stores, 'schedules'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
  readonly findMember: FindMember;
}

/** Not there, not in this conversation, or somebody else's to decide. */
export interface NotFound {
  readonly kind: 'notFound';
}

export const notFound: NotFound = { kind: 'notFound' };

export const isLive = ({ state }: Schedule): boolean => state.kind === 'active' || state.kind === 'paused';

/** As Teams names them: not always by their id in Entra ID. */
interface Leaver {
  readonly channelUserId: string;
  readonly userId?: string;
}

export type PeopleLeft = (given: {
  readonly conversation: Conversation;
  readonly who: readonly Leaver[];
}) => Promise<void>;

export async function endOne(
  deps: Pick<EndSubscriptionDeps, 'transact' | 'clock' | 'log'>,
  { id }: Schedule,
  why: EndCause,
  by?: Requester,
): Promise<{ readonly kind: 'ended' } | NotFound> {
  const ended = await deps.transact(async (stores) => {
    const schedule = await stores.schedules.lock(id);
    if (schedule === undefined || !isLive(schedule)) return undefined;
    const now = deps.clock.now();
    const over = endSchedule(schedule, why, now);
    await saveSchedule(stores, { before: schedule, after: over, at: now, ...present({ by }) });
    // Its owner knows what they have done themselves.
    const to = why === 'person' ? 'others' : 'all';
    await queueTelling(stores, over, { what: 'ended', why }, { key: 'ended', now, to });
    return over;
  });
  if (ended === undefined) return notFound;
  deps.log.info(loggedOf(ended), 'a subscription has ended');
  return { kind: 'ended' };
}

/** Teams tells of a team as of its first channel: the roster of each place that they share with is asked. */
export const createPeopleLeft = (deps: EndSubscriptionDeps): PeopleLeft =>
  async function peopleLeft({ conversation, who }) {
    const { tenantId } = conversation;
    const here = await deps.stores.schedules.subscriptionsIn(conversation);
    for (const leaver of who) {
      const { userId } = leaver;
      const elsewhere = userId === undefined ? [] : await deps.stores.schedules.of({ tenantId, userId });
      const theirs = [...here, ...elsewhere].filter(
        ({ audience, owner }) =>
          audience === 'everybody' &&
          (owner.channelUserId === leaver.channelUserId || owner.userId === userId),
      );
      for (const schedule of new Map(theirs.map((one) => [one.id, one])).values())
        if ((await deps.findMember(schedule.conversation, schedule.owner)) === 'gone')
          await endOne(deps, schedule, 'ownerLeft');
    }
  };
