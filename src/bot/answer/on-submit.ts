/** Answers for buttons in clients without Universal Actions: they arrive as a message with a value, and everybody reads the answer. */
import { readCardAction } from '../../cards/blocks/card-actions.ts';
import { onlyInPersonalText, unknownButtonText } from '../../cards/talk/short-answers.ts';
import type { AnswerCardAction } from './answer-card-action.ts';
import type { Reply } from '../send/replies.ts';
import type { PersonsTurn } from '../receive/turn.ts';

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
