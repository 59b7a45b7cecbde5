/** Answers for the card of an export whose requester had their data deleted; everybody may see it, and it names nobody. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph } from '../blocks/card-blocks.ts';

export const forgottenCard = (): Card =>
  createCard({
    summary: 'This export was deleted',
    body: [paragraph('○  This export was deleted together with the data of the person who asked for it.')],
  });
