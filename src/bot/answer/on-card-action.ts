/** Answers for `adaptiveCard/action`: HTTP 200 always, a true answer in the body. Source: Universal Actions, invoke response. */
import { z } from 'zod';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { readCardAction } from '../../cards/blocks/card-actions.ts';
import { unknownButtonText } from '../../cards/talk/short-answers.ts';
import { troubleCard } from '../../cards/talk/trouble-card.ts';
import type { AnswerCardAction } from './answer-card-action.ts';
import type { InvokeAnswer } from '../receive/invoke-answer.ts';
import { adaptiveCardType } from '../send/outbound-activity.ts';
import { pressSchema } from './sign-in-for-action.ts';
import type { SignInForAction } from './sign-in-for-action.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface OnCardActionDeps {
  readonly answerCardAction: AnswerCardAction;
  readonly signInForAction: SignInForAction;
}

const invokeValue = z.object({ action: z.object({ data: z.unknown().optional() }) });

export function onCardAction(deps: OnCardActionDeps) {
  return async function handleCardAction(turn: PersonsTurn): Promise<InvokeAnswer> {
    const value = invokeValue.safeParse(turn.activity.value);
    const action = value.success ? readCardAction(value.data.action.data) : undefined;
    if (action === undefined) return cardActionAnswer(unknownButtonText());
    const press = pressSchema.parse(turn.activity.value);
    const signIn = await deps.signInForAction(turn, action, press);
    return signIn ?? cardActionAnswer(await deps.answerCardAction(turn, action));
  };
}

export const cardActionTrouble = (reference: string): InvokeAnswer =>
  cardActionAnswer(troubleCard(reference));

export const cardActionAnswer = (answer: Card | string): InvokeAnswer => ({
  status: 200,
  body: {
    statusCode: 200,
    type: typeof answer === 'string' ? 'application/vnd.microsoft.activity.message' : adaptiveCardType,
    value: answer,
  },
});
