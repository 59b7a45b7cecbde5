/** Answers about the names that people give to what they export: to what they write, and to buttons. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf } from '../../cards/blocks/buttons.ts';
import { targetLink } from '../../cards/export/export-blocks.ts';
import { paragraph } from '../../cards/blocks/card-blocks.ts';
import { nameCard, nameOfAllCard } from '../../cards/names/name-card.ts';
import { nameFormCard } from '../../cards/names/name-form.ts';
import { nameLineCard, namesCard } from '../../cards/names/names-card.ts';
import type { CommandName } from '../../cards/talk/command-table.ts';
import { limitCard } from '../../cards/talk/not-done-cards.ts';
import { plainName } from '../../cards/blocks/untrusted-text.ts';
import { maxNameLength } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import type { UnknownName } from '../../usecases/names/find-name.ts';
import { findNameHere } from '../../usecases/names/names-here.ts';
import type {
  ForgetOutcome,
  NamedThing,
  NameOutcome,
  NameTargets,
  RenameOutcome,
  ThingHere,
} from '../../usecases/name-targets.ts';
import type { StartOutcome } from '../../usecases/exports/start-export.ts';
import type { Words } from '../../words/words.ts';
import type { Naming } from '../receive/read-naming.ts';
import type { PersonsTurn } from '../receive/turn.ts';
import { unknownThereCard, type Changed, type SharedNameAnswers } from './shared-name-answers.ts';

export interface NameAnswers {
  /** To words. Undefined where a card of its own is the answer. */
  readonly say: (turn: PersonsTurn, naming: Naming, thing: NamedThing) => Promise<Card | string | undefined>;
  /** Whether they have given such a name, or a near one; always for what does not export. */
  readonly isKnown: (turn: PersonsTurn, naming: Naming) => Promise<boolean>;
  readonly show: (turn: PersonsTurn) => Promise<Card>;
  readonly open: (turn: PersonsTurn, action: ActionOf<'showName'>) => Promise<Card>;
  /** Undefined once it has a name, and where it is not theirs. */
  readonly nameIt: (turn: PersonsTurn, action: ActionOf<'nameIt'>) => Promise<Card | undefined>;
  readonly rename: (turn: PersonsTurn, action: ActionOf<'renameName'>) => Promise<Card>;
  readonly forget: (turn: PersonsTurn, action: ActionOf<'forgetName'>) => Promise<Card>;
}

export const isShared = ({ conversation }: PersonsTurn): boolean => conversation.kind !== 'personal';

/** Where to go with what concerns one person alone. */
export const inPersonalChat = ({ words }: PersonsTurn, command: CommandName): string =>
  words.answers.inPersonalChat(words.commands[command].word);

export function createNameAnswers(nameTargets: NameTargets, shared: SharedNameAnswers): NameAnswers {
  const show: NameAnswers['show'] = async (turn) =>
    namesCard(turn.words, {
      ...(await nameTargets.list({ requester: turn.requester })),
      ...(isShared(turn) && { here: { names: await shared.list(turn) } }),
    });
  return {
    show,
    open: async (turn, { nameId }) => {
      const { requester, words } = turn;
      const own = await nameTargets.find({ requester, which: { nameId } });
      if (own.kind === 'found') return nameCard(words, own.name, isShared(turn) ? 'shared' : 'personal');
      const there = isShared(turn) ? await shared.list(turn) : [];
      const found = there.find(({ id }) => id === nameId);
      return found === undefined ? show(turn) : nameOfAllCard(words, found, requester.userId);
    },
    say: (turn, naming, thing) => say({ nameTargets, shared }, turn, naming, thing),
    isKnown: async (turn, naming) => {
      if (naming.command !== 'export') return true;
      const found = findNameHere(await nameTargets.here(turn), naming);
      return found.kind === 'found' || found.near.length + found.nearShared.length > 0;
    },
    nameIt: async ({ requester, words }, { subject, name: written }) => {
      const exportId = subject.id;
      if (!(await nameTargets.mayName({ requester, exportId }))) return undefined;
      const cancel = { verb: 'show', subject } as const;
      const form = { save: { verb: 'nameIt', subject }, cancel } as const;
      if (written === undefined) return nameFormCard(words, form);
      const to = { kind: 'export', exportId } as const;
      const outcome = await nameTargets.give({ requester, written, to });
      if (outcome.kind === 'named' || outcome.kind === 'nothingThere') return undefined;
      return nameFormCard(words, { ...form, current: written, problem: problemOf(words, outcome) });
    },
    rename: async (turn, { nameId, name: written }) => {
      const { requester, words } = turn;
      const found = await nameTargets.find({ requester, which: { nameId } });
      if (found.kind !== 'found') return show(turn);
      const form = { save: { verb: 'renameName', nameId }, cancel: { verb: 'views' } } as const;
      if (written === undefined) return nameFormCard(words, { ...form, current: found.name.name });
      const ways = [{ from: { nameId }, to: written }];
      const outcome = await nameTargets.rename({ requester, ways });
      if (outcome.kind === 'renamed' || outcome.kind === 'unknownName') return show(turn);
      return nameFormCard(words, { ...form, current: written, problem: problemOf(words, outcome) });
    },
    forget: async (turn, { nameId }) => {
      await nameTargets.forget({ requester: turn.requester, which: { nameId } });
      return show(turn);
    },
  };
}

interface SayDeps {
  readonly nameTargets: NameTargets;
  readonly shared: SharedNameAnswers;
}

async function say(
  deps: SayDeps,
  turn: PersonsTurn,
  naming: Naming,
  thing: NamedThing,
): Promise<Card | string | undefined> {
  const { nameTargets, shared } = deps;
  const { requester, words } = turn;
  switch (naming.command) {
    case 'saveAs': {
      const outcome = await nameTargets.give({ requester, written: naming.written, to: thing });
      return outcome.kind === 'named' && isShared(turn)
        ? shared.ask(turn, outcome.name)
        : namedCard(turn, outcome);
    }
    case 'rename': {
      const { ways } = naming;
      if (ways.length === 0) return words.names.notNamed.noNewName;
      return changed(isShared(turn) ? await shared.renameWritten(turn, ways) : undefined, async () => {
        const tried = ways.map(({ from, to }) => ({ from: { written: from }, to }));
        const outcome = await nameTargets.rename({ requester, ways: tried });
        return { isKnown: outcome.kind !== 'unknownName', card: renamedCard(turn, outcome) };
      });
    }
    case 'forget':
      return changed(
        isShared(turn) ? await shared.forgetWritten(turn, naming.written) : undefined,
        async () => {
          const outcome = await nameTargets.forget({ requester, which: naming });
          return { isKnown: outcome.kind !== 'unknownName', card: forgottenCard(turn, outcome) };
        },
      );
    case 'export':
      return sayExport(nameTargets, turn, naming.written);
  }
}

/** What everybody there calls so is meant, where they may change it; else their own. */
async function changed(
  there: Changed | undefined,
  changeOwn: () => Promise<{ readonly isKnown: boolean; readonly card: Card }>,
): Promise<Card> {
  if (there?.kind === 'done') return there.card;
  const own = await changeOwn();
  return there === undefined || own.isKnown ? own.card : there.card;
}

async function sayExport(
  nameTargets: NameTargets,
  turn: PersonsTurn,
  written: string,
): Promise<Card | undefined> {
  const { requester, conversation, activity, words } = turn;
  const wish = { requester, which: { written }, conversation, ...present({ activityId: activity.id }) };
  const outcome = await nameTargets.exportNamed(wish);
  if (outcome.kind !== 'unknownName') return notStarted(words, outcome);
  return isShared(turn)
    ? unknownThereCard(words, outcome, ({ id: nameId }) => ({ verb: 'exportSharedName', nameId }))
    : unknownCard(turn, outcome, 'exportNamed');
}

const notStarted = (words: Words, outcome: StartOutcome): Card | undefined =>
  outcome.kind === 'limitReached' ? limitCard(words, outcome.limit, outcome.max) : undefined;

/** In a personal chat: it alone may say the title. */
function namedCard({ words }: PersonsTurn, outcome: NameOutcome): Card {
  if (outcome.kind !== 'named') return notNamedCard(words, outcome);
  const { id: nameId, name } = outcome.name;
  const { summary, text } = words.names.named;
  const buttons = [button(words, { verb: 'exportNamed', nameId }), button(words, { verb: 'views' })];
  return nameLineCard({ summary, text: text(name) }, { about: targetLink(words, outcome.titled), buttons });
}

function forgottenCard(turn: PersonsTurn, outcome: ForgetOutcome): Card {
  if (outcome.kind === 'unknownName') return unknownCard(turn, outcome, 'forgetName');
  const { summary, text } = turn.words.names.forgotten;
  return nameLineCard({ summary, text: text(outcome.name.name) });
}

function renamedCard(turn: PersonsTurn, outcome: RenameOutcome): Card {
  const { words } = turn;
  if (outcome.kind === 'unknownName') return unknownCard(turn, outcome, 'renameName');
  if (outcome.kind !== 'renamed') return notNamedCard(words, outcome);
  const { summary, text } = words.names.renamed;
  return nameLineCard({ summary, text: text(outcome.before, outcome.name.name) });
}

type NotNamed = Exclude<NameOutcome | RenameOutcome, { kind: 'named' | 'renamed' | 'unknownName' }>;

function notNamedCard(words: Words, outcome: NotNamed): Card {
  const { notNamed } = words.names;
  const text = outcome.kind === 'taken' ? notNamed.taken(outcome.by.name) : [problemOf(words, outcome)];
  return nameLineCard({ summary: notNamed.summary, text });
}

function problemOf({ names: { notNamed } }: Words, outcome: NotNamed): string {
  switch (outcome.kind) {
    case 'noName':
      return outcome.why === 'tooLong' ? notNamed.tooLong(maxNameLength) : notNamed.nothingToSay;
    case 'tooMany':
      return notNamed.tooMany(outcome.max);
    case 'nothingThere':
      return notNamed.nothingThere;
    case 'taken':
      return notNamed.takenInForm;
  }
}

type NameVerb = 'exportNamed' | 'renameName' | 'forgetName';

/** Where others read along their names are not told: those that are near are behind a button. */
function unknownCard(turn: PersonsTurn, { written, near, hasNames }: UnknownName, verb: NameVerb): Card {
  const { words } = turn;
  const { summary, text } = words.names.unknown;
  const choices = isShared(turn)
    ? []
    : near.map(({ id: nameId, name }) => button(words, { verb, nameId }, { title: plainName(name, '–') }));
  const all = hasNames ? [button(words, { verb: 'views' })] : [];
  return nameLineCard(
    { summary, text: text(written, choices.length > 0) },
    {
      buttons: [...choices, ...all],
      ...(!hasNames && { about: paragraph(words.names.none.how) }),
    },
  );
}

export const thingHere = ({ conversation }: PersonsTurn, repliesTo: string | undefined): ThingHere => ({
  kind: 'here',
  conversation,
  ...present({ repliesTo }),
});
