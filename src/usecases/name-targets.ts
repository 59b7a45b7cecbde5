/** Gives names to what a person exports, changes and forgets them, and exports by name. */
import type { Person, Requester } from '../domain/exports/export-job.ts';
import { sameTarget, type Target } from '../domain/exports/target.ts';
import {
  byName,
  maxNamesOfPerson,
  namesNear,
  readName,
  sameName,
  type NameReading,
  type TargetName,
} from '../domain/exports/target-name.ts';
import { present } from '../domain/present.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Chance, Clock, Log, Stores, Transact } from '../ports/runtime.ts';
import type { StartExport, StartOutcome } from './exports/start-export.ts';
import { withTopObjectives, type WithTopObjective } from './names/top-objectives.ts';
import type { Advance } from './machine/advance.ts';

export interface NameTargetsDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'targetNames'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly advance: Advance;
  readonly startExport: StartExport;
  readonly log: Pick<Log, 'info'>;
}

interface Wish {
  readonly requester: Requester;
}

/** What is to be named: a target, an export of theirs, or the last one here, or the one whose card they reply to. */
export type NamedThing =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'export'; readonly exportId: string }
  | { readonly kind: 'here'; readonly conversation: Conversation; readonly repliesTo?: string };

type BadName = Extract<NameReading, { kind: 'noName' }>;
/** The name is another target's, or another name is already so. */
interface Taken {
  readonly kind: 'taken';
  readonly by: TargetName;
}
type NotNamed = BadName | Taken;

export type NameOutcome =
  | { readonly kind: 'named'; readonly name: TargetName }
  | NotNamed
  | { readonly kind: 'tooMany'; readonly max: number }
  /** No export of theirs is there. */
  | { readonly kind: 'nothingThere' };

export interface UnknownName {
  readonly kind: 'unknownName';
  readonly written: string;
  /** Those that may have been meant. */
  readonly near: readonly TargetName[];
  /** They have given some. */
  readonly hasNames: boolean;
}

export type RenameOutcome =
  { readonly kind: 'renamed'; readonly before: string; readonly name: TargetName } | NotNamed | UnknownName;

/** A name by its words, or by the id that a button carries. */
type NameWish = { readonly written: string } | { readonly nameId: string };

export interface NamesOfPerson {
  /** In the order of an alphabet. */
  readonly names: readonly TargetName[];
  /** Their newest exports of what has neither a name nor a title. */
  readonly nameless: readonly WithTopObjective[];
}

export interface NameTargets {
  readonly list: (wish: Wish) => Promise<NamesOfPerson>;
  readonly give: (wish: Wish & { readonly written: string; readonly to: NamedThing }) => Promise<NameOutcome>;
  /** @param wish.ways in which what was written may be meant, the likeliest first */
  readonly rename: (
    wish: Wish & { readonly ways: readonly { readonly from: NameWish; readonly to: string }[] },
  ) => Promise<RenameOutcome>;
  readonly forget: (
    wish: Wish & { readonly which: NameWish },
  ) => Promise<{ readonly kind: 'forgotten'; readonly name: TargetName } | UnknownName>;
  readonly find: (
    wish: Wish & { readonly which: NameWish },
  ) => Promise<{ readonly kind: 'found'; readonly name: TargetName } | UnknownName>;
  /** @param wish.activityId as for a pasted link */
  readonly exportNamed: (
    wish: Wish & {
      readonly which: NameWish;
      readonly conversation: Conversation;
      readonly activityId?: string;
    },
  ) => Promise<StartOutcome | UnknownName>;
}

export const createNameTargets = (deps: NameTargetsDeps): NameTargets => ({
  list: ({ requester }) => list(deps, requester),
  give: ({ requester, written, to }) => give(deps, requester, written, to),
  rename: ({ requester, ways }) => rename(deps, requester, ways),
  forget: async ({ requester, which }) => {
    const found = find(await deps.stores.targetNames.of(requester), which);
    if (found.kind !== 'found') return found;
    await deps.transact(({ targetNames }) => targetNames.forget(requester, found.name.id));
    await tell(deps, requester, found.name.target, 'somebody forgot a name');
    return { kind: 'forgotten', name: found.name };
  },
  find: async ({ requester, which }) => find(await deps.stores.targetNames.of(requester), which),
  exportNamed: async ({ requester, which, conversation, activityId }) => {
    const found = find(await deps.stores.targetNames.of(requester), which);
    if (found.kind !== 'found') return found;
    const { target } = found.name;
    return deps.startExport({ requester, target, conversation, ...present({ activityId }) });
  },
});

function find(
  names: readonly TargetName[],
  which: NameWish,
): { readonly kind: 'found'; readonly name: TargetName } | UnknownName {
  const { written = '' } = 'written' in which ? which : {};
  const reading = readName(written);
  const said = reading.kind === 'name' ? reading.name : written;
  const name = names.find((one) =>
    'nameId' in which ? one.id === which.nameId : sameName(one.name, said) || sameName(one.name, written),
  );
  if (name !== undefined) return { kind: 'found', name };
  const near = said === '' ? [] : namesNear(names, said);
  return { kind: 'unknownName', written: said, near, hasNames: names.length > 0 };
}

const maxLooked = 100;
const maxNameless = 5;

async function list({ stores }: NameTargetsDeps, person: Person): Promise<NamesOfPerson> {
  const [names, exports] = await Promise.all([
    stores.targetNames.of(person),
    stores.exports.recentOf(person, maxLooked),
  ]);
  const newest = exports.filter(
    ({ target }, nth) => exports.findIndex((other) => sameTarget(other.target, target)) === nth,
  );
  const nameless = newest.filter(
    ({ state, target }) =>
      !names.some((one) => sameTarget(one.target, target)) &&
      !(state.status === 'ready' && state.title !== undefined),
  );
  return {
    names: names.toSorted((a, b) => byName(a.name, b.name)),
    nameless: await withTopObjectives(stores, person, nameless.slice(0, maxNameless)),
  };
}

async function give(
  deps: NameTargetsDeps,
  person: Requester,
  written: string,
  to: NamedThing,
): Promise<NameOutcome> {
  const reading = readName(written);
  if (reading.kind === 'noName') return reading;
  const target = await targetOf(deps, person, to);
  if (target === undefined) return { kind: 'nothingThere' };
  const outcome = await deps.transact(async ({ targetNames }): Promise<NameOutcome> => {
    await targetNames.lock(person);
    const names = await targetNames.of(person);
    const same = names.find(({ name }) => sameName(name, reading.name));
    if (same !== undefined && !sameTarget(same.target, target)) return { kind: 'taken', by: same };
    if (same === undefined && names.length >= maxNamesOfPerson)
      return { kind: 'tooMany', max: maxNamesOfPerson };
    // Given once more it is the newest, and in the letters of today.
    if (same !== undefined) await targetNames.forget(person, same.id);
    const name = { id: deps.chance.newId(), name: reading.name, target, givenAt: deps.clock.now() };
    await targetNames.give(person, name);
    return { kind: 'named', name };
  });
  const pressed = to.kind === 'export' ? to.exportId : undefined;
  if (outcome.kind === 'named') await tell(deps, person, target, 'somebody gave a name', pressed);
  return outcome;
}

async function targetOf(
  { stores }: NameTargetsDeps,
  person: Requester,
  thing: NamedThing,
): Promise<Target | undefined> {
  switch (thing.kind) {
    case 'target':
      return thing.target;
    case 'export':
      return (await stores.exports.loadOwn(person, thing.exportId))?.target;
    case 'here': {
      const { conversationId } = thing.conversation;
      const { repliesTo } = thing;
      const repliedTo =
        repliesTo === undefined ? undefined : await stores.exports.shownIn(person, conversationId, repliesTo);
      // The client may name messages otherwise than the connector does.
      return (repliedTo ?? (await stores.exports.shownIn(person, conversationId)))?.target;
    }
  }
}

async function rename(
  deps: NameTargetsDeps,
  person: Requester,
  ways: Parameters<NameTargets['rename']>[0]['ways'],
): Promise<RenameOutcome> {
  const outcome = await deps.transact(async ({ targetNames }): Promise<RenameOutcome> => {
    await targetNames.lock(person);
    const names = await targetNames.of(person);
    const tried = ways.map(({ from, to }) => ({ found: find(names, from), to }));
    const way = tried.find(({ found }) => found.kind === 'found') ?? tried[0];
    if (way?.found.kind !== 'found')
      return way?.found ?? { kind: 'unknownName', written: '', near: [], hasNames: names.length > 0 };
    const reading = readName(way.to);
    if (reading.kind === 'noName') return reading;
    const { name: before } = way.found;
    const by = names.find(({ id, name }) => id !== before.id && sameName(name, reading.name));
    if (by !== undefined) return { kind: 'taken', by };
    const name = { ...before, name: reading.name };
    await targetNames.rename(person, name);
    return { kind: 'renamed', before: before.name, name };
  });
  if (outcome.kind === 'renamed') await tell(deps, person, outcome.name.target, 'somebody changed a name');
  return outcome;
}

/** The card of the newest export says it, and the one that was pressed; older ones when something else changes on them. */
async function tell(
  deps: NameTargetsDeps,
  person: Person,
  target: Target,
  what: string,
  pressed?: string,
): Promise<void> {
  deps.log.info({ tenantId: person.tenantId, source: target.source }, what);
  const newest = await deps.stores.exports.newest(person, target);
  for (const id of new Set([newest?.id, pressed]))
    if (id !== undefined) await deps.advance(id, { type: 'nameChanged' });
}
