/** Answers a message that brought neither a view nor a file: does what its words say, or says what the nearest step is. */
import { helpCard } from '../../cards/talk/help-cards.ts';
import { hintCard, nearestCommandCard } from '../../cards/talk/hint-card.ts';
import { listOfferCard } from '../../cards/list/list-card.ts';
import { myDataOfferCard } from '../../cards/talk/my-data-card.ts';
import {
  fileLinkText,
  filesInPersonalChatText,
  otherLinkText,
  signInText,
} from '../../cards/talk/short-answers.ts';
import { signedOutCard } from '../../cards/talk/sign-in-cards.ts';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { SignIn } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { SignOut } from '../../usecases/sign-in/sign-out.ts';
import type { AnswerCardAction } from './answer-card-action.ts';
import { nearestCommand, readCommand } from '../receive/commands.ts';
import type { ReadMessage } from '../receive/read-message.ts';
import { isReplyInThread } from '../receive/turn.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerWordsDeps {
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly answerCardAction: AnswerCardAction;
}

/** Undefined where the question to sign in is the answer. */
export async function answerWords(
  deps: AnswerWordsDeps,
  turn: PersonsTurn,
  message: ReadMessage,
): Promise<Card | string | undefined> {
  const { requester, conversation } = turn;
  const isShared = conversation.kind !== 'personal';
  const command = readCommand(message.text);
  switch (command) {
    case 'list':
      return isShared ? listOfferCard() : deps.answerCardAction(turn, { verb: 'list' });
    case 'signIn': {
      const outcome = await deps.signIn({ requester, conversation });
      return outcome === 'asked' ? undefined : signInText(outcome);
    }
    case 'signOut':
      return signedOutCard(await deps.signOut({ requester }));
    case 'deleteMyData':
      return isShared ? myDataOfferCard() : deps.answerCardAction(turn, { verb: 'myData' });
    case 'help':
      return helpCard({ shared: isShared });
    case 'greeted':
    case 'thanked':
      return hintCard(command, isShared ? 'shared' : 'personal');
    case 'noText':
    case 'notUnderstood':
      return answerUnknown(turn, message, command);
  }
}

function answerUnknown(
  turn: PersonsTurn,
  { text, links, holdsFile, isReply }: ReadMessage,
  command: 'noText' | 'notUnderstood',
): Card | string {
  const scope = turn.conversation.kind === 'personal' ? 'personal' : 'shared';
  const isShared = scope === 'shared';
  if (isShared && (holdsFile || links.elsewhere === 'file')) return filesInPersonalChatText();
  if (holdsFile || links.elsewhere === 'file') return fileLinkText();
  if (links.elsewhere === 'page') return otherLinkText();
  const nearest = nearestCommand(text);
  if (nearest === 'greeted' || nearest === 'thanked') return hintCard(nearest, scope);
  const isBelow = isReply || isReplyInThread(turn);
  // Below somebody's message the wish is most likely "export the link up there".
  if (isBelow && (nearest === undefined || nearest === 'help')) return hintCard('othersMessage');
  if (nearest !== undefined) return nearestCommandCard(nearest);
  return hintCard(isShared && command === 'noText' ? 'othersMessage' : command, scope);
}
