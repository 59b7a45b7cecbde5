/** Answers about the names of a group or channel: to the question whether to give one, to words, and to buttons. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { button, type ActionOf, type CardAction } from '../../cards/blocks/buttons.ts';
import { paragraph } from '../../cards/blocks/card-blocks.ts';
import { plainName } from '../../cards/blocks/untrusted-text.ts';
import { targetLink } from '../../cards/export/export-blocks.ts';
import { nameFormCard } from '../../cards/names/name-form.ts';
import { nameLineCard, namesOfferCard } from '../../cards/names/names-card.ts';
import { nameQuestionCard, sharedNameCard, sharedNamesCard } from '../../cards/names/shared-names-card.ts';
import type { SharedName } from '../../domain/exports/shared-name.ts';
import { maxNameLength, type TargetName } from '../../domain/exports/target-name.ts';
import { sameTarget } from '../../domain/exports/target.ts';
import { present } from '../../domain/present.ts';
import type { GiveOutcome } from '../../usecases/names/give-to-all.ts';
import type { UnknownNameHere } from '../../usecases/names/names-here.ts';
import type { ForgetSharedOutcome, RenameSharedOutcome, ShareNames } from '../../usecases/share-names.ts';
import type { Words } from '../../words/words.ts';
import type { Naming } from '../receive/read-naming.ts';
import type { PersonsTurn } from '../receive/turn.ts';

/** What became of a change. `notTheirs`: it is another's, and a name of their own may be meant. */
export interface Changed {
  readonly kind: 'done' | 'notTheirs';
  readonly card: Card;
}

export interface SharedNameAnswers {
  /** All of them, for everybody to read. */
  readonly show: (turn: PersonsTurn) => Promise<Card>;
  readonly list: (turn: PersonsTurn) => Promise<readonly SharedName[]>;
  /** To somebody who has just given a name for themselves: whether everybody here is to have it. */
  readonly ask: (turn: PersonsTurn, own: TargetName) => Promise<Card>;
  /** Undefined where nothing here is called so. */
  readonly renameWritten: (
    turn: PersonsTurn,
    ways: Extract<Naming, { command: 'rename' }>['ways'],
  ) => Promise<Changed | undefined>;
  readonly forgetWritten: (turn: PersonsTurn, written: string) => Promise<Changed | undefined>;
  readonly give: (turn: PersonsTurn, action: ActionOf<'giveName'>) => Promise<Card>;
  readonly keep: (turn: PersonsTurn, action: ActionOf<'keepName'>) => Promise<Card>;
  /** Undefined once it is done, and where it is not there any more. */
  readonly rename: (turn: PersonsTurn, action: ActionOf<'renameSharedName'>) => Promise<Card | undefined>;
  readonly forget: (turn: PersonsTurn, action: ActionOf<'forgetSharedName'>) => Promise<Card | undefined>;
}

export function createSharedNameAnswers(shareNames: ShareNames): SharedNameAnswers {
  return {
    list: (turn) => shareNames.list(turn),
    show: async (turn) => {
      const names = await shareNames.list(turn);
      return names.length === 0 ? namesOfferCard(turn.words) : sharedNamesCard(turn.words, names);
    },
    ask: (turn, own) => ask(shareNames, turn, own),
    renameWritten: async ({ requester, conversation, words }, ways) => {
      const tried = ways.map(({ from, to }) => ({ from: { written: from }, to }));
      return renamed(words, await shareNames.rename({ requester, conversation, ways: tried }));
    },
    forgetWritten: async ({ requester, conversation, words }, written) =>
      forgotten(words, await shareNames.forget({ requester, conversation, which: { written } })),
    give: async (turn, { nameId }) => given(turn.words, await shareNames.give(pressed(turn, nameId))),
    keep: async (turn, { nameId }) => {
      const { sharedNames } = turn.words;
      const kept = await shareNames.keep(pressed(turn, nameId));
      return kept === undefined
        ? notGivenCard(turn.words, [sharedNames.notGiven.notYours])
        : nameLineCard({ summary: turn.words.names.named.summary, text: sharedNames.kept(kept.name) });
    },
    rename: (turn, action) => renamePressed(shareNames, turn, action),
    forget: async ({ requester, conversation, words }, { nameId }) => {
      const outcome = await shareNames.forget({ requester, conversation, which: { nameId } });
      return outcome.kind === 'notTheirs' ? forgotten(words, outcome)?.card : undefined;
    },
  };
}

const pressed = ({ requester, conversation, activity }: PersonsTurn, nameId: string) => ({
  requester,
  conversation,
  nameId,
  ...present({ activityId: activity.replyToId }),
});

async function ask(shareNames: ShareNames, turn: PersonsTurn, own: TargetName): Promise<Card> {
  const { words, conversation } = turn;
  const { summary, text } = words.names.named;
  const said = text(own.name);
  const here = await shareNames.find({ conversation, which: { written: own.name } });
  const place = conversation.kind === 'channel' ? 'channel' : 'groupChat';
  if (here.kind !== 'found')
    return nameQuestionCard(words, { nameId: own.id, said, target: own.target, place });
  const { alreadySame, alreadyOther } = words.sharedNames;
  const isSame = sameTarget(here.name.target, own.target);
  const note = isSame ? [alreadySame] : alreadyOther(here.name.giver.name);
  return nameLineCard({ summary, text: [...said, ' ', ...note] }, { about: targetLink(words, own.target) });
}

function given(words: Words, outcome: GiveOutcome): Card {
  const { notGiven } = words.sharedNames;
  switch (outcome.kind) {
    case 'shared':
      return sharedNameCard(words, outcome.name);
    case 'taken':
      return notGivenCard(words, notGiven.taken(outcome.by.giver.name, outcome.by.name));
    case 'tooMany':
      return notGivenCard(words, [notGiven.tooMany(outcome.max)]);
    case 'notTheirName':
      return notGivenCard(words, [notGiven.notYours]);
  }
}

const notGivenCard = (words: Words, text: Parameters<typeof nameLineCard>[0]['text']): Card =>
  nameLineCard({ summary: words.sharedNames.notGiven.summary, text });

function renamed(words: Words, outcome: RenameSharedOutcome): Changed | undefined {
  switch (outcome.kind) {
    case 'renamed': {
      const text = words.sharedNames.renamed(outcome.before, outcome.name.name);
      return { kind: 'done', card: nameLineCard({ summary: words.names.renamed.summary, text }) };
    }
    case 'noName':
      return { kind: 'done', card: notGivenCard(words, [noNameText(words, outcome)]) };
    case 'taken': {
      const text = words.sharedNames.notGiven.taken(outcome.by.giver.name, outcome.by.name);
      return { kind: 'done', card: notGivenCard(words, text) };
    }
    case 'notTheirs':
      return notTheirs(words, outcome.name);
    case 'unknownName':
      return undefined;
  }
}

function forgotten(words: Words, outcome: ForgetSharedOutcome): Changed | undefined {
  switch (outcome.kind) {
    case 'forgotten': {
      const text = words.sharedNames.forgotten(outcome.name.name, outcome.isTheirs);
      return { kind: 'done', card: nameLineCard({ summary: words.names.forgotten.summary, text }) };
    }
    case 'notTheirs':
      return notTheirs(words, outcome.name);
    case 'unknownName':
      return undefined;
  }
}

function notTheirs({ sharedNames }: Words, { giver, name }: SharedName): Changed {
  const { summary, text } = sharedNames.notTheirs;
  return { kind: 'notTheirs', card: nameLineCard({ summary, text: text(giver.name, name) }) };
}

const noNameText = (
  { names: { notNamed } }: Words,
  { why }: Extract<RenameSharedOutcome, { kind: 'noName' }>,
): string => (why === 'tooLong' ? notNamed.tooLong(maxNameLength) : notNamed.nothingToSay);

async function renamePressed(
  shareNames: ShareNames,
  { requester, conversation, words }: PersonsTurn,
  { nameId, name: written }: ActionOf<'renameSharedName'>,
): Promise<Card | undefined> {
  const found = await shareNames.find({ conversation, which: { nameId } });
  if (found.kind !== 'found') return undefined;
  const save = { verb: 'renameSharedName', nameId } as const;
  const { lead, takenInForm } = words.sharedNames.form;
  const form = { save, cancel: { verb: 'views' }, lead } as const;
  if (written === undefined) return nameFormCard(words, { ...form, current: found.name.name });
  const outcome = await shareNames.rename({
    requester,
    conversation,
    ways: [{ from: { nameId }, to: written }],
  });
  switch (outcome.kind) {
    case 'renamed':
    case 'unknownName':
      return undefined;
    case 'notTheirs':
      return notTheirs(words, outcome.name).card;
    case 'noName':
      return nameFormCard(words, { ...form, current: written, problem: noNameText(words, outcome) });
    case 'taken':
      return nameFormCard(words, { ...form, current: written, problem: takenInForm });
  }
}

/**
 * Where a name was not found: those of everybody that may have been meant, and the way to one's own.
 * @param choose what a press on one of them does
 */
export function unknownThereCard(
  words: Words,
  { written, nearShared, hasNames: hasOwn }: UnknownNameHere,
  choose: (name: SharedName) => CardAction,
): Card {
  const choices = nearShared.map((one) => button(words, choose(one), { title: plainName(one.name, '–') }));
  const own = hasOwn ? [button(words, { verb: 'views' })] : [];
  return nameLineCard(
    { summary: words.names.unknown.summary, text: words.sharedNames.unknown(written, choices.length > 0) },
    {
      buttons: [...choices, ...own],
      ...(!hasOwn && { about: paragraph(words.names.none.how) }),
    },
  );
}
