/** Tells what a reader reads on a card, and which buttons there are. */
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { nodesOf } from './card-validator.ts';

/** All texts in their order, one a line. */
export const textOf = (card: Card): string =>
  nodesOf(card.body)
    // A fact has no type.
    .flatMap(({ type, text, title, value }) => [text, ...(type === undefined ? [title, value] : [])])
    .filter((text) => typeof text === 'string')
    .join('\n')
    .replaceAll('\u00a0', ' ');

/** The titles of all buttons, fallbacks left out. */
export const buttonsOf = (card: Card): readonly unknown[] =>
  nodesOf([card.actions ?? [], card.body])
    .filter(
      ({ type, title }) => (type === 'Action.Execute' || type === 'Action.OpenUrl') && title !== undefined,
    )
    .map(({ title }) => title);
