/** Lists, gives, changes and forgets the names that everybody in a group or channel has. */
import type { Requester } from '../domain/exports/export-job.ts';
import type { SharedName } from '../domain/exports/shared-name.ts';
import {
  byName,
  readName,
  sameName,
  type NameReading,
  type TargetName,
} from '../domain/exports/target-name.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { FindMember } from '../ports/messenger.ts';
import type { Stores } from '../ports/runtime.ts';
import type { KeptSharedName, SharedNames } from '../ports/shared-names.ts';
import {
  giveToAll,
  keepToOneself,
  type GiveToAllDeps,
  type GiveToAllWish,
  type GiveOutcome,
  type Taken,
} from './names/give-to-all.ts';
import { findName, type NameWish, type UnknownName } from './names/find-name.ts';
import { queueCard } from './names/shared-name-card.ts';

export interface ShareNamesDeps extends GiveToAllDeps {
  readonly stores: Pick<Stores, 'sharedNames' | 'targetNames'>;
  readonly findMember: FindMember;
}

interface Wish {
  readonly requester: Requester;
  /** A group chat or channel. */
  readonly conversation: Conversation;
}

/** They did not give it, and do not own the team. */
interface NotTheirs {
  readonly kind: 'notTheirs';
  readonly name: SharedName;
}

type UnknownSharedName = UnknownName<SharedName>;

export type RenameSharedOutcome =
  | { readonly kind: 'renamed'; readonly before: string; readonly name: SharedName }
  | Extract<NameReading, { kind: 'noName' }>
  | Taken
  | NotTheirs
  | UnknownSharedName;

export type ForgetSharedOutcome =
  | {
      readonly kind: 'forgotten';
      readonly name: SharedName;
      /** Whoever asked has the same name for themselves. */
      readonly isTheirs: boolean;
    }
  | NotTheirs
  | UnknownSharedName;

export interface ShareNames {
  /** In the order of an alphabet. */
  readonly list: (where: Pick<Wish, 'conversation'>) => Promise<readonly SharedName[]>;
  readonly find: (
    wish: Pick<Wish, 'conversation'> & { readonly which: NameWish },
  ) => Promise<{ readonly kind: 'found'; readonly name: SharedName } | UnknownSharedName>;
  readonly give: (wish: GiveToAllWish) => Promise<GiveOutcome>;
  /** The question is over; the name is still theirs alone. Undefined where it is not theirs. */
  readonly keep: (wish: GiveToAllWish) => Promise<TargetName | undefined>;
  /** @param wish.ways in which what was written may be meant, the likeliest first */
  readonly rename: (
    wish: Wish & { readonly ways: readonly { readonly from: NameWish; readonly to: string }[] },
  ) => Promise<RenameSharedOutcome>;
  readonly forget: (wish: Wish & { readonly which: NameWish }) => Promise<ForgetSharedOutcome>;
}

const nothingLikeIt: UnknownSharedName = { kind: 'unknownName', written: '', near: [], hasNames: false };

export const createShareNames = (deps: ShareNamesDeps): ShareNames => ({
  list: async ({ conversation }) =>
    (await deps.stores.sharedNames.of(conversation)).toSorted((a, b) => byName(a.name, b.name)),
  find: async ({ conversation, which }) => findName(await deps.stores.sharedNames.of(conversation), which),
  give: (wish) => giveToAll(deps, wish),
  keep: (wish) => keepToOneself(deps, wish),
  rename: (wish) => rename(deps, wish),
  forget: (wish) => forget(deps, wish),
});

async function mayChange(
  deps: ShareNamesDeps,
  { requester, conversation }: Wish,
  { giver }: SharedName,
): Promise<boolean> {
  if (giver.tenantId === requester.tenantId && giver.userId === requester.userId) return true;
  return (await deps.findMember(conversation, requester)) === 'owner';
}

async function rename(
  deps: ShareNamesDeps,
  wish: Parameters<ShareNames['rename']>[0],
): Promise<RenameSharedOutcome> {
  const there = await deps.stores.sharedNames.of(wish.conversation);
  const tried = wish.ways.map(({ from, to }) => ({ found: findName(there, from), to }));
  const way = tried.find(({ found }) => found.kind === 'found') ?? tried[0];
  if (way === undefined) return nothingLikeIt;
  const { found, to } = way;
  if (found.kind !== 'found') return found;
  // Before the transaction: Teams is asked.
  if (!(await mayChange(deps, wish, found.name))) return { kind: 'notTheirs', name: found.name };
  const reading = readName(to);
  if (reading.kind === 'noName') return reading;
  const { id } = found.name;
  return changed<RenameSharedOutcome>(deps, wish, id, async (before, names, store) => {
    const by = names.find((one) => one.id !== id && sameName(one.name, reading.name));
    if (by !== undefined) return { kind: 'taken', by };
    const name = { ...before, name: reading.name };
    await store.rename(name);
    return { kind: 'renamed', before: before.name, name };
  });
}

async function forget(
  deps: ShareNamesDeps,
  wish: Parameters<ShareNames['forget']>[0],
): Promise<ForgetSharedOutcome> {
  const found = findName(await deps.stores.sharedNames.of(wish.conversation), wish.which);
  if (found.kind !== 'found') return found;
  if (!(await mayChange(deps, wish, found.name))) return { kind: 'notTheirs', name: found.name };
  const own = await deps.stores.targetNames.of(wish.requester);
  const isTheirs = own.some(({ name }) => sameName(name, found.name.name));
  return changed<ForgetSharedOutcome>(deps, wish, found.name.id, async (name, _names, store) => {
    await store.forget(name.giver.tenantId, name.id);
    return { kind: 'forgotten', name, isTheirs };
  });
}

/** While nobody else changes those of the place; the message that told the name is queued with it. */
async function changed<Outcome extends { readonly kind: string }>(
  deps: ShareNamesDeps,
  { conversation }: Wish,
  id: string,
  decide: (name: KeptSharedName, names: readonly KeptSharedName[], store: SharedNames) => Promise<Outcome>,
): Promise<Outcome | UnknownSharedName> {
  const outcome = await deps.transact<Outcome | UnknownSharedName>(async (stores) => {
    await stores.sharedNames.lock(conversation);
    const names = await stores.sharedNames.of(conversation);
    const name = names.find((one) => one.id === id);
    if (name === undefined) return nothingLikeIt;
    const decided = await decide(name, names, stores.sharedNames);
    await queueCard(stores, name, deps.clock.now());
    return decided;
  });
  if (outcome.kind === 'renamed' || outcome.kind === 'forgotten') {
    const { tenantId, conversationId } = conversation;
    deps.log.info({ tenantId, conversationId, nameId: id }, `a name of a conversation was ${outcome.kind}`);
  }
  return outcome;
}
