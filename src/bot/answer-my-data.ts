/** Answers for `delete my data`: what there is and the question, then the deed; the person is whoever asks. */
import type { Card } from '../cards/adaptive-card.ts';
import { dataDeletedCard, myDataCard } from '../cards/my-data-card.ts';
import type { DeleteMyData } from '../usecases/delete-my-data.ts';
import type { PersonsTurn } from './turn.ts';

export type AnswerMyData = (turn: PersonsTurn, verb: 'myData' | 'deleteMyData') => Promise<Card>;

export const createAnswerMyData =
  (deleteMyData: DeleteMyData): AnswerMyData =>
  async ({ requester, conversation }, verb) =>
    verb === 'myData'
      ? myDataCard(await deleteMyData.preview({ requester }), conversation.kind !== 'personal')
      : dataDeletedCard(await deleteMyData.confirm({ requester }));
