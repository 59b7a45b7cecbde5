/** Says that something of ours broke, with a reference to quote. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';

/** @param reference the one under which it was logged */
export const troubleCard = (reference: string): Card =>
  createCard({
    summary: 'Something went wrong. Try again in a minute',
    speak: 'Something went wrong on my side. Try again in a minute.',
    body: [
      banner({
        tone: 'attention',
        icon: '✕',
        title: 'Something went wrong on my side',
        lead: 'Try again in a minute. Your open exports continue. If it happens again, give this reference to whoever runs this bot.',
      }),
      row('Reference', data(reference, 'Monospace'), 'Medium'),
    ],
  });
