/** Answers for a button on an export that is not there, or not this person's: the two look the same. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/card-actions.ts';
import { banner } from '../blocks/card-blocks.ts';

const notYours = 'It belongs to somebody else, or it is no longer kept.';

/** @param isOffered the same export can be made for whoever pressed */
export const notFoundCard = (exportId: string, isOffered: boolean): Card =>
  createCard({
    summary: 'This is not an export of yours',
    body: [
      banner({
        tone: 'emphasis',
        icon: '○',
        title: 'Not an export of yours',
        lead: isOffered ? `${notYours} I can make the same export for you.` : notYours,
      }),
    ],
    actions: [
      ...(isOffered ? [button('Export it for me', { verb: 'exportForMe', exportId }, 'positive')] : []),
      button('My exports', { verb: 'list' }),
    ],
  });
