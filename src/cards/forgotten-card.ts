/** Answers for the card of an export whose requester had their data deleted; everybody may see it, and it names nobody. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { paragraph } from './card-blocks.ts';

export const forgottenCard = (): Card =>
  createCard({
    summary: 'This export was forgotten',
    body: [
      paragraph(
        '○  This export was forgotten: the person who asked had their data deleted. Nobody follows it any more.',
      ),
    ],
  });
