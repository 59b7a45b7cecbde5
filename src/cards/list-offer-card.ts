/** Answers `list` typed where others read along: each person who presses the button sees their own. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { button } from './card-actions.ts';
import { paragraph } from './card-blocks.ts';

export const listOfferCard = (): Card =>
  createCard({
    summary: 'Press the button to see your exports',
    body: [paragraph('Press the button to see your exports. Only you will see them.')],
    actions: [button('Show mine', { verb: 'list' }, 'positive')],
  });
