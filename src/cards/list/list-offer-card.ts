/** Answers `list` typed where others read along: each person who presses the button sees their own. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/card-actions.ts';
import { paragraph } from '../blocks/card-blocks.ts';

export const listOfferCard = (): Card =>
  createCard({
    summary: 'Press the button to see your exports',
    body: [paragraph('Press the button to see your exports. Only you will see them.')],
    actions: [button('Show mine', { verb: 'list' }, 'positive')],
  });
