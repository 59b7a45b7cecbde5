/**
 * Opens a form, or what a subscription is, as a dialog of Teams, and takes what is pressed there: the invokes `task/fetch` and
 * `task/submit`. Source: Teams, "Invoke and receive dialogs".
 */
import * as z from 'zod';
import { readCardAction } from '../../cards/blocks/card-actions.ts';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { summaryOf } from '../../cards/blocks/adaptive-card.ts';
import type { Words } from '../../words/words.ts';
import type { AnswerCardAction } from './answer-card-action.ts';
import type { Verb } from '../../cards/blocks/buttons.ts';
import type { InvokeAnswer, PersonsTurn } from '../receive/turn.ts';
import type { Reply } from '../send/replies.ts';
import { isShared } from './name-answers.ts';
import type { ScheduleAnswers } from './schedule-answers.ts';

export interface OnDialogDeps {
  readonly scheduleAnswers: Pick<ScheduleAnswers, 'form'>;
  readonly answerCardAction: AnswerCardAction;
  readonly reply: Reply;
}

const dialogValue = z.object({ data: z.unknown() });

export const isDialog = (name: string | undefined): boolean =>
  name === 'task/fetch' || name === 'task/submit';

/** What *About this* shows, and what can be pressed there. */
const ofSubscriptions: ReadonlySet<Verb | undefined> = new Set<Verb>([
  'aboutSubscription',
  'askPause',
  'pauseSubscription',
  'resumeSubscription',
  'endSubscription',
  'exportSubscribed',
]);

/** What was filled in is said back in the conversation, where its buttons stay at hand. */
export function onDialog({ scheduleAnswers, answerCardAction, reply }: OnDialogDeps) {
  return async function handleDialog(turn: PersonsTurn): Promise<InvokeAnswer> {
    const { answers, schedules } = turn.words;
    const action = readCardAction(dialogValue.safeParse(turn.activity.value).data?.data);
    if (action !== undefined && ofSubscriptions.has(action.verb)) {
      const answer = await answerCardAction(turn, action);
      return typeof answer === 'string' ? dialogLine(answer) : dialogOf(withSubmits(answer));
    }
    if (action?.verb !== 'scheduleIt') return dialogLine(answers.unknownButton);
    // Nobody else reads the form, but its answer stands in the conversation.
    if (isShared(turn)) return dialogLine(schedules.onlyInPersonal);
    const { card, isSet } = await scheduleAnswers.form(turn, action, true);
    if (!isSet) return dialogOf(card);
    await reply(turn, card).isOut();
    return { status: 200 };
  };
}

/** A line in the dialog, which has nothing else then. */
export const dialogLine = (value: string): InvokeAnswer => ({
  status: 200,
  body: { task: { type: 'message', value } },
});

export const dialogTrouble = ({ talk: { trouble } }: Words, reference: string): InvokeAnswer =>
  dialogLine(`${trouble.lead} ${trouble.reference}: ${reference}`);

/** A dialog knows no Universal Actions. */
const withSubmits = ({ actions = [], ...card }: Card): Card => ({
  ...card,
  actions: actions.map((one) => (one.type === 'Action.Execute' ? one.fallback : one)),
});

const dialogOf = (card: Card): InvokeAnswer => ({
  status: 200,
  body: {
    task: {
      type: 'continue',
      value: {
        title: summaryOf(card),
        height: 'large',
        width: 'medium',
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
      },
    },
  },
});
