/** Answers about the names that people give to what they export: to what they write, and to buttons. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf } from '../../cards/blocks/buttons.ts';
import { targetLink } from '../../cards/export/export-blocks.ts';
import { paragraph } from '../../cards/blocks/card-blocks.ts';
import { nameFormCard } from '../../cards/names/name-form.ts';
import { nameLineCard, namesCard } from '../../cards/names/names-card.ts';
import { limitCard } from '../../cards/talk/not-done-cards.ts';
import { plainName } from '../../cards/blocks/untrusted-text.ts';
import { maxNameLength } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import type { NamedThing, NameOutcome, NameTargets, RenameOutcome } from '../../usecases/name-targets.ts';
import type { UnknownName } from '../../usecases/names/find-name.ts';
import type { Words } from '../../words/words.ts';
import type { Naming } from '../receive/read-naming.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface NameAnswers {
  /** To words. Undefined where a card of its own is the answer. */
  readonly say: (turn: PersonsTurn, naming: Naming, thing: NamedThing) => Promise<Card | string | undefined>;
  /** Whether they have given such a name, or a near one; always for what does not export. */
  readonly isKnown: (turn: PersonsTurn, naming: Naming) => Promise<boolean>;
  readonly show: (turn: PersonsTurn) => Promise<Card>;
  /** Undefined once it has a name, and where it is not theirs. */
  readonly nameIt: (turn: PersonsTurn, action: ActionOf<'nameIt'>) => Promise<Card | undefined>;
  readonly rename: (turn: PersonsTurn, action: ActionOf<'renameName'>) => Promise<Card>;
  readonly forget: (turn: PersonsTurn, action: ActionOf<'forgetName'>) => Promise<Card>;
}

export const isShared = ({ conversation }: PersonsTurn): boolean => conversation.kind !== 'personal';

export function createNameAnswers(nameTargets: NameTargets): NameAnswers {
  const show: NameAnswers['show'] = async (turn) =>
    namesCard(turn.words, {
      ...(await nameTargets.list({ requester: turn.requester })),
      scope: isShared(turn) ? 'shared' : 'personal',
    });
  return {
    show,
    say: (turn, naming, thing) => say(nameTargets, turn, naming, thing),
    isKnown: async ({ requester }, naming) => {
      if (naming.command !== 'export') return true;
      const found = await nameTargets.find({ requester, which: naming });
      return found.kind === 'found' || found.near.length > 0;
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

async function say(
  nameTargets: NameTargets,
  turn: PersonsTurn,
  naming: Naming,
  thing: NamedThing,
): Promise<Card | string | undefined> {
  const { requester, conversation, activity, words } = turn;
  switch (naming.command) {
    case 'saveAs':
      return namedCard(turn, await nameTargets.give({ requester, written: naming.written, to: thing }));
    case 'rename': {
      if (naming.ways.length === 0) return words.names.notNamed.noNewName;
      const ways = naming.ways.map(({ from, to }) => ({ from: { written: from }, to }));
      return renamedCard(turn, await nameTargets.rename({ requester, ways }));
    }
    case 'forget': {
      const outcome = await nameTargets.forget({ requester, which: naming });
      if (outcome.kind === 'unknownName') return unknownCard(turn, outcome, 'forgetName');
      const { summary, text } = words.names.forgotten;
      return nameLineCard({ summary, text: text(outcome.name.name) });
    }
    case 'export': {
      const wish = { requester, which: naming, conversation, ...present({ activityId: activity.id }) };
      const outcome = await nameTargets.exportNamed(wish);
      if (outcome.kind === 'unknownName') return unknownCard(turn, outcome, 'exportNamed');
      return outcome.kind === 'limitReached' ? limitCard(words, outcome.limit, outcome.max) : undefined;
    }
  }
}

function namedCard(turn: PersonsTurn, outcome: NameOutcome): Card {
  const { words } = turn;
  if (outcome.kind !== 'named') return notNamedCard(words, outcome);
  const { id: nameId, name, target } = outcome.name;
  const { summary, text } = words.names.named;
  const buttons = [button(words, { verb: 'exportNamed', nameId }), button(words, { verb: 'views' })];
  // Whoever else presses there has not given that name, and may not know the title.
  return nameLineCard(
    { summary, text: text(name) },
    isShared(turn)
      ? { about: targetLink(words, target) }
      : { about: targetLink(words, outcome.titled), buttons },
  );
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

export const thingHere = ({ conversation }: PersonsTurn, repliesTo: string | undefined): NamedThing => ({
  kind: 'here',
  conversation,
  ...present({ repliesTo }),
});
