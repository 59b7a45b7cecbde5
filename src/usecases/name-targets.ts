/** Gives names to what a person exports, changes and forgets them, and exports by name. */
import type { ExportJob, Requester } from '../domain/exports/export-job.ts';
import { titledTarget } from '../domain/exports/own-target.ts';
import { sameTarget, type Target } from '../domain/exports/target.ts';
import {
  maxNamesOfPerson,
  readName,
  sameName,
  type NameReading,
  type TargetName,
} from '../domain/exports/target-name.ts';
import { present } from '../domain/present.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Chance, Log, Stores, Transact } from '../ports/runtime.ts';
import type { TargetNames } from '../ports/target-names.ts';
import type { Act } from './exports/engine.ts';
import { tellName, type TellNameDeps } from './exports/tell-name.ts';
import type { StartExport, StartOutcome } from './exports/start-export.ts';
import { findName, type NameWish, type UnknownName } from './names/find-name.ts';
import { findNameHere, namesHere, type NamesHere, type UnknownNameHere } from './names/names-here.ts';
import { named } from './names/named-exports.ts';
import { listNames, type NamesOfPerson } from './names/list-names.ts';

export interface NameTargetsDeps extends TellNameDeps {
  readonly stores: Pick<Stores, 'exports' | 'readings' | 'targetNames' | 'sharedNames'>;
  readonly transact: Transact;
  readonly chance: Pick<Chance, 'newId' | 'random'>;
  readonly act: Act;
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
  | ThingHere;

export interface ThingHere {
  readonly kind: 'here';
  readonly conversation: Conversation;
  readonly repliesTo?: string;
}

type BadName = Extract<NameReading, { kind: 'noName' }>;
/** The name is another target's, or another name is already so. */
interface Taken {
  readonly kind: 'taken';
  readonly by: TargetName;
}
type NotNamed = BadName | Taken;

export type NameOutcome =
  | {
      readonly kind: 'named';
      readonly name: TargetName;
      /** Called as their exports of it call it: for them alone. */
      readonly titled: Target;
    }
  | NotNamed
  | { readonly kind: 'tooMany'; readonly max: number }
  /** No export of theirs is there. */
  | { readonly kind: 'nothingThere' };

export type RenameOutcome =
  { readonly kind: 'renamed'; readonly before: string; readonly name: TargetName } | NotNamed | UnknownName;

export type ForgetOutcome = { readonly kind: 'forgotten'; readonly name: TargetName } | UnknownName;

export interface NameTargets {
  readonly list: (wish: Wish) => Promise<NamesOfPerson>;
  /** Whether the export is theirs. */
  readonly mayName: (wish: Wish & { readonly exportId: string }) => Promise<boolean>;
  readonly give: (wish: Wish & { readonly written: string; readonly to: NamedThing }) => Promise<NameOutcome>;
  /** @param wish.ways in which what was written may be meant, the likeliest first */
  readonly rename: (
    wish: Wish & { readonly ways: readonly { readonly from: NameWish; readonly to: string }[] },
  ) => Promise<RenameOutcome>;
  readonly forget: (wish: Wish & { readonly which: NameWish }) => Promise<ForgetOutcome>;
  readonly find: (
    wish: Wish & { readonly which: NameWish },
  ) => Promise<{ readonly kind: 'found'; readonly name: TargetName } | UnknownName>;
  /** The export of theirs that was shown there last, or the one whose card they reply to. */
  readonly exportHere: (wish: Wish & { readonly thing: ThingHere }) => Promise<ExportJob | undefined>;
  readonly here: (wish: Wish & { readonly conversation: Conversation }) => Promise<NamesHere>;
  /** @param wish.activityId as for a pasted link */
  readonly exportNamed: (
    wish: Wish & {
      readonly which: NameWish;
      readonly conversation: Conversation;
      readonly activityId?: string;
    },
  ) => Promise<StartOutcome | UnknownNameHere>;
}

export const createNameTargets = (deps: NameTargetsDeps): NameTargets => ({
  list: ({ requester }) => listNames(deps, requester),
  mayName: async ({ requester, exportId }) =>
    (await deps.stores.exports.loadOwn(requester, exportId)) !== undefined,
  give: ({ requester, written, to }) => give(deps, requester, written, to),
  rename: ({ requester, ways }) => rename(deps, requester, ways),
  forget: ({ requester, which }) =>
    change<ForgetOutcome>(deps, requester, 'somebody forgot a name', async (names, store) => {
      const found = findName(names, which);
      if (found.kind !== 'found') return { outcome: found };
      const { name } = found;
      await store.forget(requester, name.id);
      return { outcome: { kind: 'forgotten', name }, target: name.target };
    }),
  find: async ({ requester, which }) => findName(await deps.stores.targetNames.of(requester), which),
  exportHere: async ({ requester, thing }) => {
    const job = await exportHere(deps, requester, thing);
    return job && named(deps, job);
  },
  here: ({ requester, conversation }) => namesHere(deps.stores, requester, conversation),
  exportNamed: async ({ requester, which, conversation, activityId }) => {
    const found = findNameHere(await namesHere(deps.stores, requester, conversation), which);
    if (found.kind !== 'found') return found;
    const { target } = found.name;
    return deps.startExport({ requester, target, conversation, ...present({ activityId }) });
  },
});

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
  const titled = await titledFor(deps, person, target);
  return change<NameOutcome>(deps, person, 'somebody gave a name', async (names, store) => {
    const same = names.find(({ name }) => sameName(name, reading.name));
    if (same !== undefined && !sameTarget(same.target, target))
      return { outcome: { kind: 'taken', by: same } };
    if (same === undefined && names.length >= maxNamesOfPerson)
      return { outcome: { kind: 'tooMany', max: maxNamesOfPerson } };
    // Given once more it is the newest, and in the letters of today.
    if (same !== undefined) await store.forget(person, same.id);
    const name = { id: deps.chance.newId(), name: reading.name, target, givenAt: deps.clock.now() };
    await store.give(person, name);
    const pressed = to.kind === 'export' ? to.exportId : undefined;
    return { outcome: { kind: 'named', name, titled }, target, ...present({ pressed }) };
  });
}

const maxLooked = 100;

/** A target holds no title, for its label is shown to others: their newest export that is ready knows it. */
async function titledFor({ stores }: NameTargetsDeps, person: Requester, target: Target): Promise<Target> {
  const exports = await stores.exports.recentOf(person, maxLooked);
  const known = exports.find(
    (one) => sameTarget(one.target, target) && one.state.status === 'ready' && one.state.title !== undefined,
  );
  return known === undefined ? target : titledTarget({ ...known, target });
}

async function targetOf(
  { stores }: Pick<NameTargetsDeps, 'stores'>,
  person: Requester,
  thing: NamedThing,
): Promise<Target | undefined> {
  switch (thing.kind) {
    case 'target':
      return thing.target;
    case 'export':
      return (await stores.exports.loadOwn(person, thing.exportId))?.target;
    case 'here':
      return (await exportHere({ stores }, person, thing))?.target;
  }
}

async function exportHere(
  { stores }: Pick<NameTargetsDeps, 'stores'>,
  person: Requester,
  { conversation: { conversationId }, repliesTo }: ThingHere,
): Promise<ExportJob | undefined> {
  const repliedTo =
    repliesTo === undefined ? undefined : await stores.exports.shownIn(person, conversationId, repliesTo);
  // The client may name messages otherwise than the connector does.
  return repliedTo ?? stores.exports.shownIn(person, conversationId);
}

const rename = (
  deps: NameTargetsDeps,
  person: Requester,
  ways: Parameters<NameTargets['rename']>[0]['ways'],
): Promise<RenameOutcome> =>
  change<RenameOutcome>(deps, person, 'somebody changed a name', async (names, store) => {
    const nothing = { found: findName(names, { written: '' }), to: '' };
    const tried = ways.map(({ from, to }) => ({ found: findName(names, from), to }));
    const { found, to } = tried.find((way) => way.found.kind === 'found') ?? tried[0] ?? nothing;
    if (found.kind !== 'found') return { outcome: found };
    const reading = readName(to);
    if (reading.kind === 'noName') return { outcome: reading };
    const { name: before } = found;
    const by = names.find(({ id, name }) => id !== before.id && sameName(name, reading.name));
    if (by !== undefined) return { outcome: { kind: 'taken', by } };
    const name = { ...before, name: reading.name };
    await store.rename(person, name);
    return { outcome: { kind: 'renamed', before: before.name, name }, target: name.target };
  });

interface Changed<Outcome> {
  readonly outcome: Outcome;
  /** What is called otherwise from now on. */
  readonly target?: Target;
  /** The export on whose card it was asked for. */
  readonly pressed?: string;
}

/** Decides while nobody else changes this person's names; what their exports say is committed with it. */
async function change<Outcome>(
  deps: NameTargetsDeps,
  person: Requester,
  what: string,
  decide: (names: readonly TargetName[], store: TargetNames) => Promise<Changed<Outcome>>,
): Promise<Outcome> {
  const { outcome, target, told } = await deps.transact(async (stores) => {
    await stores.targetNames.lock(person);
    const changed = await decide(await stores.targetNames.of(person), stores.targetNames);
    const said = changed.target && (await tellName(deps, stores, person, changed.target, changed.pressed));
    return { ...changed, told: said ?? [] };
  });
  if (target !== undefined) deps.log.info({ tenantId: person.tenantId, source: target.source }, what);
  for (const { job, effects } of told) deps.act(job, effects);
  return outcome;
}
