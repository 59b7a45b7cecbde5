/** Finds the subscriptions that an event of Teams is about: those of a whole team, or of one conversation. */
import type { Schedule } from '../../domain/schedules/schedule.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Stores } from '../../ports/runtime.ts';
import { baseOf } from './subscriptions.ts';

/** Teams tells of a team as of its first channel. */
export function subscriptionsToldOf(
  { schedules }: Pick<Stores, 'schedules'>,
  conversation: Conversation,
): Promise<readonly Schedule[]> {
  const { tenantId, teamId } = conversation;
  return teamId !== undefined && baseOf(conversation) === teamId
    ? schedules.subscriptionsOfTeam({ tenantId, teamId })
    : schedules.subscriptionsIn(conversation);
}
