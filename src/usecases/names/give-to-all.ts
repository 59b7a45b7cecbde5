/** Gives a name of somebody's own to everybody in a group or channel, or leaves it theirs, as they have answered. */
import { auditPlace } from '../../domain/audit/audit-entry.ts';
import { aboutExport } from '../../domain/audit/export-entry.ts';
import type { Requester } from '../../domain/exports/export-job.ts';
import { maxNamesOfConversation, type SharedName } from '../../domain/exports/shared-name.ts';
import { sameName, type TargetName } from '../../domain/exports/target-name.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../../ports/runtime.ts';
import { queueCard } from './shared-name-card.ts';

export interface GiveToAllDeps {
  readonly stores: Pick<Stores, 'targetNames'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Pick<Log, 'info'>;
}

export interface GiveToAllWish {
  readonly requester: Requester;
  /** A group chat or channel. */
  readonly conversation: Conversation;
  /** Of their own name. */
  readonly nameId: string;
  /** Of our message that asked. */
  readonly activityId?: string;
}

export interface Taken {
  readonly kind: 'taken';
  readonly by: SharedName;
}

export type GiveOutcome =
  | { readonly kind: 'shared'; readonly name: SharedName }
  | Taken
  | { readonly kind: 'tooMany'; readonly max: number }
  /** No name of theirs: it is somebody else's, or forgotten. */
  | { readonly kind: 'notTheirName' };

/** Only what they have named for themselves: whoever else presses the button of the question gives nothing. */
const ownName = async ({ stores }: Pick<GiveToAllDeps, 'stores'>, { requester, nameId }: GiveToAllWish) =>
  (await stores.targetNames.of(requester)).find(({ id }) => id === nameId);

export async function giveToAll(deps: GiveToAllDeps, wish: GiveToAllWish): Promise<GiveOutcome> {
  const { requester, conversation, activityId } = wish;
  const { tenantId, userId, name: giverName, locale } = requester;
  const own = await ownName(deps, wish);
  if (own === undefined) return { kind: 'notTheirName' };
  const giver = { tenantId, userId, name: giverName, ...present({ locale }) };
  const name = {
    id: deps.chance.newId(),
    name: own.name,
    target: own.target,
    givenAt: deps.clock.now(),
    giver,
  };
  const outcome = await deps.transact<GiveOutcome>(async (stores) => {
    await stores.sharedNames.lock(conversation);
    const names = await stores.sharedNames.of(conversation);
    const same = names.find((one) => sameName(one.name, own.name));
    if (same !== undefined && !sameTarget(same.target, own.target)) return { kind: 'taken', by: same };
    if (same === undefined && names.length >= maxNamesOfConversation)
      return { kind: 'tooMany', max: maxNamesOfConversation };
    // Pressed again, or given by somebody else meanwhile: it stands already.
    const shared = same ?? name;
    if (same === undefined) {
      await stores.sharedNames.give(conversation, name, activityId);
      const about = aboutExport({ id: name.id, requester, target: name.target });
      const place = auditPlace(conversation);
      await stores.audit.record({ ...about, at: name.givenAt, event: 'nameShared', place });
    }
    const card = activityId === undefined ? undefined : { conversation, activityId };
    await queueCard(stores, shared, name.givenAt, card);
    return { kind: 'shared', name: shared };
  });
  if (outcome.kind === 'shared' && outcome.name.id === name.id)
    deps.log.info(
      { tenantId, conversationId: conversation.conversationId, source: own.target.source, nameId: name.id },
      'somebody gave a name to everybody in a conversation',
    );
  return outcome;
}

export async function keepToOneself(
  deps: GiveToAllDeps,
  wish: GiveToAllWish,
): Promise<TargetName | undefined> {
  const { conversation, activityId } = wish;
  const own = await ownName(deps, wish);
  if (own === undefined) return undefined;
  const card = activityId === undefined ? undefined : { conversation, activityId };
  await deps.transact((stores) =>
    queueCard(stores, { ...own, giver: wish.requester }, deps.clock.now(), card),
  );
  return own;
}
