/** Answers for the card of an export whose requester had their data deleted; everybody may see it, and it names nobody. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { paragraph } from './card-blocks.ts';

export const forgottenCard = (): Card =>
  createCard({
    summary: 'This export was deleted',
    body: [paragraph('○  This export was deleted together with the data of the person who asked for it.')],
  });
