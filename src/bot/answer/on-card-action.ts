/**
 * Takes a pressed button: as the invoke `adaptiveCard/action`, or as a message with a value from clients without Universal Actions.
 * Asks for a sign-in when it needs one; the client then repeats the press with the token. Sources: Universal Actions, invoke
 * response; Universal Actions for Adaptive Cards, "Add SSO" (learn.microsoft.com/microsoftteams/platform).
 */
import * as z from 'zod';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { buttons, type CardAction } from '../../cards/blocks/buttons.ts';
import { readCardAction } from '../../cards/blocks/card-actions.ts';
import { signInPrompt } from '../../cards/talk/sign-in-cards.ts';
import { troubleCard } from '../../cards/talk/not-done-cards.ts';
import { present } from '../../domain/present.ts';
import type { ExchangeSso } from '../../usecases/sign-in/silent-sign-in.ts';
import type { VerifyState } from '../../usecases/sign-in/sign-in-by-browser.ts';
import type { AskOnCard } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { Words } from '../../words/words.ts';
import type { InvokeAnswer, PersonsTurn } from '../receive/turn.ts';
import { connectionName, oauthCard, type SignInActivityDeps } from '../send/outbound-activities.ts';
import type { Reply } from '../send/replies.ts';
import type { AnswerCardAction } from './answer-card-action.ts';

export interface OnCardActionDeps {
  readonly answerCardAction: AnswerCardAction;
  readonly signInCard: SignInActivityDeps;
  readonly askOnCard: AskOnCard;
  readonly exchangeSso: ExchangeSso;
  readonly verifyState: VerifyState;
}

/** What a press carries beside its action. */
const pressSchema = z.object({
  trigger: z.string().optional().catch(undefined),
  authentication: z
    .object({
      id: z.string().min(1).max(256),
      connectionName: z.literal(connectionName),
      token: z.string().min(1),
    })
    .optional()
    .catch(undefined),
  state: z.string().min(1).max(512).optional().catch(undefined),
});
const invokeValue = pressSchema.extend({ action: z.object({ data: z.unknown().optional() }) });

/** False for what a client asks by itself when it shows a card. @param value of `adaptiveCard/action` */
export const isPressed = (value: unknown): boolean =>
  pressSchema.safeParse(value).data?.trigger !== 'automatic';

export function onCardAction(deps: OnCardActionDeps) {
  return async function handleCardAction(turn: PersonsTurn): Promise<InvokeAnswer> {
    const { data: press } = invokeValue.safeParse(turn.activity.value);
    const action = readCardAction(press?.action.data);
    if (press === undefined || action === undefined)
      return cardActionAnswer(turn.words.answers.unknownButton);
    const signIn = await signInFor(deps, turn, action, press);
    return signIn ?? cardActionAnswer(await deps.answerCardAction(turn, action));
  };
}

/** The real status is in the body: Teams wants HTTP 200. */
const cardAnswer = (statusCode: number, type: string, value: object | string): InvokeAnswer => ({
  status: 200,
  body: { statusCode, type: `application/vnd.microsoft.${type}`, value },
});

export const cardActionAnswer = (answer: Card | string): InvokeAnswer =>
  cardAnswer(200, typeof answer === 'string' ? 'activity.message' : 'card.adaptive', answer);

export const cardActionTrouble = (words: Words, reference: string): InvokeAnswer =>
  cardActionAnswer(troubleCard(words, reference));

/** Undefined when the action may go on. */
async function signInFor(
  deps: OnCardActionDeps,
  { requester, conversation, words }: PersonsTurn,
  action: CardAction,
  { trigger, authentication, state }: z.infer<typeof pressSchema>,
): Promise<InvokeAnswer | undefined> {
  // Nobody pressed anything: a question would come out of the blue, and 401 would be repeated for ever.
  if (trigger === 'automatic') return undefined;
  if (authentication !== undefined) {
    const { id: exchangeId, token: ssoToken } = authentication;
    const outcome = await deps.exchangeSso({ requester, conversation, exchangeId, ssoToken });
    return outcome === 'signedIn' ? undefined : notExchanged;
  }
  if (state !== undefined)
    return (await deps.verifyState({ requester, nonce: state })) ? undefined : invalidCode;
  const subject = 'subject' in action ? action.subject : undefined;
  const needsToken = buttons[action.verb].needsToken === true && subject?.kind !== 'ownFile';
  const request = needsToken
    ? await deps.askOnCard({ requester, conversation, ...present({ exportId: subject?.id }) })
    : undefined;
  if (request === undefined) return undefined;
  const card = oauthCard(deps.signInCard, request, signInPrompt(words, request.cause));
  return cardAnswer(401, 'activity.loginRequest', card);
}

/** Makes the client show the button. */
const notExchanged = cardAnswer(412, 'error.preconditionFailed', {
  code: '412',
  message: 'A sign-in with the button is needed.',
});

const invalidCode = cardAnswer(401, 'error.invalidAuthCode', {
  code: '401',
  message: 'That sign-in was used already or is not yours.',
});

export interface OnSubmitDeps {
  readonly answerCardAction: AnswerCardAction;
  readonly reply: Reply;
}

export function onSubmit({ answerCardAction, reply }: OnSubmitDeps) {
  return async function handleSubmit(turn: PersonsTurn): Promise<void> {
    const action = readCardAction(turn.activity.value);
    const isReadByOthers = turn.conversation.kind !== 'personal';
    const answer =
      action === undefined
        ? turn.words.answers.unknownButton
        : isReadByOthers && buttons[action.verb].forAll !== true
          ? turn.words.answers.onlyInPersonal
          : await answerCardAction(turn, action);
    await reply(turn, answer).isOut();
  };
}
