/** Answers `delete my data`: says what there is and asks, then deletes or leaves it; the person is whoever asks. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { dataDeletedCard, dataKeptCard, myDataCard } from '../../cards/talk/my-data-card.ts';
import type { DeleteMyData } from '../../usecases/delete-my-data.ts';
import type { PersonsTurn } from '../receive/turn.ts';

type Verb = 'myData' | 'deleteMyData' | 'keepMyData';
export type AnswerMyData = (turn: PersonsTurn, verb: Verb) => Promise<Card>;

export const createAnswerMyData = (deleteMyData: DeleteMyData): AnswerMyData =>
  async function answerMyData({ requester, conversation }, verb) {
    switch (verb) {
      case 'myData':
        return myDataCard(await deleteMyData.preview({ requester }), conversation.kind !== 'personal');
      case 'deleteMyData':
        return dataDeletedCard(await deleteMyData.confirm({ requester }));
      case 'keepMyData':
        return dataKeptCard();
    }
  };
