/** Answers a message that brought neither a link nor a file: does what its words say, or says what the nearest step is. */
import { commands, type CommandName } from '../../cards/talk/command-table.ts';
import { hintCard, nearestCommandCard } from '../../cards/talk/hint-card.ts';
import { listOfferCard } from '../../cards/list/list-card.ts';
import { signedOutCard } from '../../cards/talk/sign-in-cards.ts';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { shareOfferCard } from '../../cards/export/share-cards.ts';
import { commandHelpCard } from '../../cards/talk/command-help-card.ts';
import { present } from '../../domain/present.ts';
import type { ShareSummary } from '../../usecases/cards/share-summary.ts';
import type { SignIn } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { SignOut } from '../../usecases/sign-in/sign-out.ts';
import { inPersonalChat, isShared, thingHere, type NameAnswers } from './name-answers.ts';
import type { SharedNameAnswers } from './shared-name-answers.ts';
import { signInAnswer, type AnswerCardAction } from './answer-card-action.ts';
import { nearestCommand, readCommand, readHelpOn, type Command } from '../receive/commands.ts';
import { readNaming, type Naming } from '../receive/read-naming.ts';
import { readOpening } from '../receive/read-opening.ts';
import { readScheduling } from '../receive/schedules/read-scheduling.ts';
import type { ScheduleAnswers } from './schedule-answers.ts';
import type { ReadMessage } from '../receive/read-message.ts';
import { isReplyInThread } from '../receive/turn.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerWordsDeps {
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly shareSummary: Pick<ShareSummary, 'lastHere'>;
  readonly answerCardAction: AnswerCardAction;
  readonly nameAnswers: Pick<NameAnswers, 'isKnown' | 'say'>;
  readonly scheduleAnswers: Pick<ScheduleAnswers, 'say'>;
  readonly sharedNameAnswers: Pick<SharedNameAnswers, 'show'>;
}

/** Undefined where the question to sign in is the answer. */
type Handle = (deps: AnswerWordsDeps, turn: PersonsTurn) => Promise<Card | string | undefined>;

const schedules: Handle = ({ answerCardAction }, turn) => answerCardAction(turn, { verb: 'schedules' });

/** One of them is wanted, and which is not said. */
const views: Handle = async ({ answerCardAction, sharedNameAnswers }, turn) =>
  isShared(turn) ? sharedNameAnswers.show(turn) : answerCardAction(turn, { verb: 'views' });

const handlers: Readonly<Record<CommandName, Handle>> = {
  list: async ({ answerCardAction }, turn) =>
    isShared(turn) ? listOfferCard(turn.words) : answerCardAction(turn, { verb: 'list' }),
  views,
  export: views,
  saveAs: (_deps, { words }) => Promise.resolve(words.names.notNamed.noName),
  rename: (_deps, { words }) => Promise.resolve(words.names.notNamed.noNewName),
  forget: views,
  schedule: async ({ answerCardAction }, turn) =>
    isShared(turn) ? turn.words.schedules.onlyInPersonal : answerCardAction(turn, { verb: 'scheduleIt' }),
  schedules,
  pause: schedules,
  resume: schedules,
  runNow: schedules,
  unschedule: schedules,
  share: async ({ shareSummary }, turn) => {
    const { requester, conversation, words } = turn;
    if (!isShared(turn)) return words.sharing.elsewhere;
    const last = await shareSummary.lastHere({ requester, conversation });
    return last === undefined ? words.sharing.nothingHere : shareOfferCard(words, last);
  },
  signIn: async ({ signIn }, { requester, conversation, words }) => {
    const outcome = await signIn({ requester, conversation });
    return outcome.kind === 'asked' ? undefined : signInAnswer(words, outcome);
  },
  signOut: async ({ signOut }, { requester, words }) => signedOutCard(words, await signOut({ requester })),
  deleteMyData: ({ answerCardAction }, turn) => answerCardAction(turn, { verb: 'myData' }),
  debug: ({ answerCardAction }, turn) => answerCardAction(turn, { verb: 'debug' }),
  help: ({ answerCardAction }, turn) => answerCardAction(turn, { verb: 'help' }),
};

/** What is answered from what is known already, and may be answered twice without harm. */
const changesNothing: ReadonlySet<Command> = new Set<Command>([
  'help',
  'list',
  'views',
  'export',
  'saveAs',
  'rename',
  'forget',
  'schedule',
  'schedules',
  'pause',
  'resume',
  'runNow',
  'unschedule',
  'greeted',
  'thanked',
  'noText',
  'notUnderstood',
]);

/** A name behind a word makes it a wish. */
export const saysOnly = ({ words }: PersonsTurn, { text }: ReadMessage): boolean =>
  changesNothing.has(readCommand(words, text)) && readOpening(words, text) === undefined;

export async function answerWords(
  deps: AnswerWordsDeps,
  turn: PersonsTurn,
  message: ReadMessage,
): ReturnType<Handle> {
  const command = readCommand(turn.words, message.text);
  const about = command === 'notUnderstood' ? readHelpOn(turn.words, message.text) : undefined;
  if (about !== undefined) return commandHelpCard(turn.words, about);
  const naming = command === 'notUnderstood' ? readNaming(turn.words, message.text) : undefined;
  if (naming !== undefined && (await isMeant(deps, turn, message, naming)))
    return deps.nameAnswers.say(turn, naming, thingHere(turn, message.repliesTo));
  const scheduling = command === 'notUnderstood' ? readScheduling(turn.words, message.text) : undefined;
  if (scheduling !== undefined)
    return deps.scheduleAnswers.say(turn, scheduling, present({ repliesTo: message.repliesTo }));
  if (command === 'noText' || command === 'notUnderstood') return answerUnknown(turn, message, command);
  if (command === 'greeted' || command === 'thanked')
    return hintCard(turn.words, command, isShared(turn) ? 'shared' : 'personal');
  if (isShared(turn) && commands[command].alone === true) return inPersonalChat(turn, command);
  return handlers[command](deps, turn);
}

/** “Export this please” asks for something else, unless they have given that name. */
async function isMeant(
  { nameAnswers }: AnswerWordsDeps,
  turn: PersonsTurn,
  message: ReadMessage,
  naming: Naming,
): Promise<boolean> {
  const { text, links, holdsFile } = message;
  const isOpen =
    isBelow(turn, message) ||
    holdsFile ||
    links.elsewhere !== undefined ||
    nearestCommand(turn.words, text) === 'help';
  return !isOpen || nameAnswers.isKnown(turn, naming);
}

const isBelow = (turn: PersonsTurn, { isReply }: ReadMessage): boolean => isReply || isReplyInThread(turn);

function answerUnknown(
  turn: PersonsTurn,
  message: ReadMessage,
  command: 'noText' | 'notUnderstood',
): Card | string {
  const { words } = turn;
  const { text, links, holdsFile } = message;
  const scope = isShared(turn) ? 'shared' : 'personal';
  if (scope === 'shared' && (holdsFile || links.elsewhere === 'file'))
    return words.answers.filesInPersonalChat;
  if (holdsFile || links.elsewhere === 'file') return words.answers.fileLink;
  if (links.elsewhere === 'page') return words.answers.otherLink;
  const nearest = nearestCommand(words, text);
  if (nearest === 'greeted' || nearest === 'thanked') return hintCard(words, nearest, scope);
  // Below somebody's message the wish is most likely "export the link up there".
  if (isBelow(turn, message) && (nearest === undefined || nearest === 'help'))
    return hintCard(words, 'othersMessage');
  if (nearest !== undefined) return nearestCommandCard(words, nearest);
  return hintCard(words, scope === 'shared' && command === 'noText' ? 'othersMessage' : command, scope);
}
