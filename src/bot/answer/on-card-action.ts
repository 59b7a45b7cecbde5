/**
 * Takes a pressed button: as the invoke `adaptiveCard/action`, or as a message with a value from clients without Universal Actions.
 * Source: Universal Actions, invoke response.
 */
import { z } from 'zod';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { readCardAction } from '../../cards/blocks/card-actions.ts';
import { troubleCard } from '../../cards/talk/not-done-cards.ts';
import type { AnswerCardAction } from './answer-card-action.ts';
import type { InvokeAnswer, PersonsTurn } from '../receive/turn.ts';
import { adaptiveCardType } from '../send/outbound-activities.ts';
import { pressSchema, type SignInForAction } from './sign-in-for-action.ts';
import { onlyInPersonalText, unknownButtonText } from '../../cards/talk/short-answers.ts';
import type { Reply } from '../send/replies.ts';

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

export interface OnSubmitDeps {
  readonly answerCardAction: AnswerCardAction;
  readonly reply: Reply;
}

export function onSubmit({ answerCardAction, reply }: OnSubmitDeps) {
  return async function handleSubmit(turn: PersonsTurn): Promise<void> {
    const { conversation } = turn;
    const action = readCardAction(turn.activity.value);
    const isForAll =
      conversation.kind === 'personal' || action?.verb === 'exportForMe' || action?.verb === 'help';
    const answer =
      action === undefined
        ? unknownButtonText()
        : isForAll
          ? await answerCardAction(turn, action)
          : onlyInPersonalText();
    await reply(conversation, answer).isOut();
  };
}
