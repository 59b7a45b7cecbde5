/** Keeps the message true that tells a name to everybody in a group or channel. */
import { present } from '../../domain/present.ts';
import type { Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { KeptSharedName } from '../../ports/shared-names.ts';

/** Our message then says what the name is for everybody there, or that it is nothing to them. */
export async function queueCard(
  { queue }: Pick<Stores, 'queue'>,
  { id: nameId, giver: { locale }, card: known }: Pick<KeptSharedName, 'id' | 'giver' | 'card'>,
  now: Date,
  card = known,
): Promise<void> {
  if (card === undefined) return;
  await queue.scheduleTask({ kind: 'showSharedName', ...card, nameId, ...present({ locale }) }, now);
}

export interface ShowSharedNameDeps {
  readonly stores: Pick<Stores, 'sharedNames'>;
  readonly messenger: Pick<Messenger, 'update'>;
}

export type ShowSharedName = (
  task: Extract<QueuedTask, { readonly kind: 'showSharedName' }>,
) => Promise<SendOutcome>;

/** As it is by then: renamed, or forgotten. */
export const createShowSharedName = ({ stores, messenger }: ShowSharedNameDeps): ShowSharedName =>
  async function showSharedName({ conversation, activityId, nameId, locale }) {
    const name = await stores.sharedNames.find(conversation.tenantId, nameId);
    return messenger.update(
      conversation,
      activityId,
      name === undefined ? { kind: 'nameNotShared', ...present({ locale }) } : { kind: 'sharedName', name },
    );
  };
