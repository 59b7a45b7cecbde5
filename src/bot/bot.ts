/** Brings each authenticated activity to its handler, and answers for a handler that breaks or is too slow. */
import { troubleCard } from '../cards/talk/not-done-cards.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { Background, Chance, Log } from '../ports/runtime.ts';
import { withTimeout } from '../blocks/with-timeout.ts';
import type { WordsFor } from '../words/words.ts';
import {
  readTurn,
  tenantsIn,
  type InboundActivity,
  type InvokeAnswer,
  type PersonsTurn,
  type Turn,
} from './receive/turn.ts';
import { cardActionAnswer, cardActionTrouble, isPressed } from './answer/on-card-action.ts';
import { dialogLine, dialogTrouble, isDialog } from './answer/on-dialog.ts';
import { isFarewell, type OnInstall } from './answer/on-install.ts';
import { exchangeRefused, type OnSignIn } from './answer/on-sign-in.ts';
import type { Pace } from './receive/pace.ts';
import type { Reply } from './send/replies.ts';
import { isClaimed, once, type OnceDeps } from './receive/deduplication.ts';

export interface BotDeps {
  readonly wordsFor: WordsFor;
  /** Lower-case tenant ids. */
  readonly allowedTenants: ReadonlySet<string>;
  /** False when Entra ID says that there is no such tenant. */
  readonly isKnownTenant: (tenantId: string) => Promise<boolean>;
  readonly pace: Pace;
  readonly inbound: OnceDeps['inbound'];
  readonly pause: OnceDeps['pause'];
  readonly remember: OnceDeps['remember'];
  readonly reply: Reply;
  /** Somebody wrote and waits for a sign. */
  readonly expectAnswer: (conversation: Conversation) => void;
  readonly background: Pick<Background, 'run'>;
  readonly isFirstDelivery: OnceDeps['isFirstDelivery'];
  readonly underWay: OnceDeps['underWay'];
  readonly chance: Pick<Chance, 'newId'>;
  readonly log: Log;
  /** Teams gives up on an invoke after 5 s. */
  readonly timeoutMilliseconds: number;
  readonly onMessage: (turn: PersonsTurn) => Promise<void>;
  readonly onMessageEdited: (turn: PersonsTurn) => Promise<void>;
  readonly onSubmit: (turn: PersonsTurn) => Promise<void>;
  readonly onCardAction: (turn: PersonsTurn) => Promise<InvokeAnswer>;
  readonly onSignIn: OnSignIn;
  readonly onDialog: (turn: PersonsTurn) => Promise<InvokeAnswer>;
  readonly onFileConsent: (turn: PersonsTurn) => Promise<InvokeAnswer>;
  readonly onInstall: OnInstall;
}

/** Never throws. The answer is for invokes; other activities are answered in the conversation. */
export type HandleActivity = (activity: InboundActivity) => Promise<InvokeAnswer | undefined>;

export function createBot(deps: BotDeps): HandleActivity {
  return async function handleActivity(activity) {
    const turn = readTurn(activity, deps.wordsFor);
    if (turn === undefined) return activity.type === 'invoke' ? { status: 400 } : undefined;
    if (!tenantsIn(activity).every((tenantId) => deps.allowedTenants.has(tenantId)))
      return turnAway(deps, turn, turn.words.answers.notAllowed);
    if (isSaid(turn)) {
      const limit = deps.pace.limitReached(turn);
      if (limit !== undefined) return slowDown(deps, turn, limit);
    }
    return turn.activity.type === 'invoke' ? handleInTime(deps, turn) : handle(deps, turn);
  };
}

const said: ReadonlySet<string> = new Set(['message', 'messageUpdate', 'invoke']);

/** What somebody wrote or pressed, and not an event, of which there may be many when the app is installed for all. */
const isSaid = (turn: Turn): turn is PersonsTurn => isPersons(turn) && said.has(turn.activity.type);

/** A press is answered each time, which costs nothing more; a message once in a while. */
function slowDown(
  deps: BotDeps,
  turn: PersonsTurn,
  limit: 'perUser' | 'perTenant',
): InvokeAnswer | undefined {
  const { type } = turn.activity;
  return type === 'invoke' || deps.pace.mayTell(turn)
    ? turnAway(deps, turn, turn.words.answers.slowDown[limit])
    : undefined;
}

/** @param isAnswered true once Teams has been given another answer, which makes that of the work go to nobody. */
async function handle(
  deps: BotDeps,
  turn: Turn,
  isAnswered = (): boolean => false,
): Promise<InvokeAnswer | undefined> {
  try {
    const known = await Promise.all(tenantsIn(turn.activity).map((tenantId) => deps.isKnownTenant(tenantId)));
    if (known.includes(false)) return turnAway(deps, turn, turn.words.answers.notAllowed);
    const remembered = isFarewell(turn) || isClaimed(turn) ? undefined : deps.remember(turn.conversation);
    // Where somebody is asked to sign in is known: their answer need not wait for it.
    if (!isOfSignIn(turn)) await remembered;
    const [answer] = await Promise.all([dispatch(deps, turn), remembered]);
    return answer;
  } catch (err) {
    return await tellTrouble(deps, turn, { err, isShown: !isAnswered() });
  }
}

const isOfSignIn = ({ activity: { name } }: Turn): boolean => name?.startsWith('signin/') === true;

/** What takes longer goes on, and its answer is lost: only trouble is told in the conversation. */
async function handleInTime(deps: BotDeps, turn: Turn): Promise<InvokeAnswer | undefined> {
  let isAnswered = false;
  const work = handle(deps, turn, () => isAnswered);
  const answered = await withTimeout(
    deps.timeoutMilliseconds,
    work.then((answer) => ({ answer })),
  );
  if (answered !== undefined) return answered.answer;
  isAnswered = true;
  deps.background.run('late invoke', async () => {
    await work;
  });
  return refuseInvoke(turn.activity, answerTo(turn.activity, turn.words.answers.working));
}

async function dispatch(deps: BotDeps, turn: Turn): Promise<InvokeAnswer | undefined> {
  switch (turn.activity.type) {
    case 'installationUpdate':
      await deps.onInstall.installationUpdate(turn);
      return undefined;
    case 'conversationUpdate':
      await deps.onInstall.conversationUpdate(turn);
      return undefined;
    case 'message':
    case 'messageUpdate':
    case 'invoke':
      return isPersons(turn) ? dispatchPersons(deps, turn) : turnAway(deps, turn, turn.words.answers.nobody);
    default:
      return undefined;
  }
}

const isPersons = (turn: Turn): turn is PersonsTurn => turn.requester !== undefined;

async function dispatchPersons(deps: BotDeps, turn: PersonsTurn): Promise<InvokeAnswer | undefined> {
  if (turn.activity.type === 'invoke') return invoke(deps, turn);
  if (turn.activity.type === 'messageUpdate') {
    await deps.onMessageEdited(turn);
    return undefined;
  }
  deps.expectAnswer(turn.conversation);
  if (!isSubmit(turn)) await deps.onMessage(turn);
  else await once(deps, turn, () => deps.onSubmit(turn));
  return undefined;
}

const isSubmit = ({ activity }: Turn): boolean =>
  activity.value !== undefined && activity.value !== null && (activity.text ?? '').trim() === '';

function invoke(deps: BotDeps, turn: PersonsTurn): Promise<InvokeAnswer> {
  switch (turn.activity.name) {
    case 'adaptiveCard/action':
      return deps.onCardAction(turn);
    case 'task/fetch':
    case 'task/submit':
      return deps.onDialog(turn);
    case 'fileConsent/invoke':
      return deps.onFileConsent(turn);
    case 'signin/tokenExchange':
      return deps.onSignIn.tokenExchange(turn);
    case 'signin/verifyState':
      return deps.onSignIn.verifyState(turn);
    case 'signin/failure':
      return deps.onSignIn.failure(turn);
    default:
      return Promise.resolve({ status: 501 });
  }
}

/** One short answer; nothing is stored. */
function turnAway(deps: BotDeps, turn: Turn, text: string): InvokeAnswer | undefined {
  const { activity } = turn;
  if (activity.type === 'invoke') return refuseInvoke(activity, answerTo(activity, text));
  if (activity.type === 'message') deps.reply(turn, text);
  return undefined;
}

const answerTo = ({ name }: InboundActivity, text: string): InvokeAnswer =>
  isDialog(name) ? dialogLine(text) : cardActionAnswer(text);

function refuseInvoke(activity: InboundActivity, forCards: InvokeAnswer): InvokeAnswer {
  switch (activity.name) {
    case 'adaptiveCard/action':
    case 'task/fetch':
    case 'task/submit':
      return forCards;
    case 'signin/tokenExchange':
      return exchangeRefused(activity.value);
    case 'signin/verifyState':
      return { status: 404 };
    case 'signin/failure':
    case 'fileConsent/invoke':
      return { status: 200 };
    default:
      return { status: 501 };
  }
}

interface Trouble {
  readonly err: unknown;
  /** False when the answer to the invoke comes too late to be seen. */
  readonly isShown: boolean;
}

async function tellTrouble(
  deps: BotDeps,
  turn: Turn,
  { err, isShown }: Trouble,
): Promise<InvokeAnswer | undefined> {
  const { activity, conversation, words } = turn;
  const reference = deps.chance.newId().slice(0, 8);
  const { type, name } = activity;
  deps.log.error(
    { err, reference, type, name, conversationId: conversation.conversationId },
    'a turn failed',
  );
  // The answer to a consent is shown to nobody; and who was told "working on it" waits for what does not come.
  const isUnseen =
    name === 'fileConsent/invoke' ||
    (name === 'adaptiveCard/action' && !isShown && isPressed(activity.value));
  if (isUnseen) deps.reply(turn, troubleCard(words, reference));
  if (type === 'invoke')
    return refuseInvoke(
      activity,
      isDialog(name) ? dialogTrouble(words, reference) : cardActionTrouble(words, reference),
    );
  // Nothing of it is kept: whoever is not told so has to be heard again.
  if (type !== 'message' && type !== 'messageUpdate') return { status: 503 };
  return (await deps.reply(turn, troubleCard(words, reference)).isOut()) ? undefined : { status: 503 };
}
