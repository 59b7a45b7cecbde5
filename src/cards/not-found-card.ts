/** Answers for a button on an export that is not there, or not this person's: the two look the same. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { button } from './card-actions.ts';
import { banner } from './card-blocks.ts';

export const notFoundCard = (exportId: string): Card =>
  createCard({
    summary: 'This is not an export of yours',
    body: [
      banner({
        ...{ tone: 'emphasis', icon: '○', title: 'Not an export of yours' },
        lead: 'It belongs to somebody else, or it is no longer kept. I can export the same view for you, with your own rights.',
      }),
    ],
    actions: [
      button('Export it for me', { verb: 'exportForMe', exportId }, 'positive'),
      button('My exports', { verb: 'list' }),
    ],
  });
