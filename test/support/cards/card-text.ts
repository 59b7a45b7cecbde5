/** Tells what a reader reads on a card, and which buttons there are. */
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';
import { nodesOf, type Node } from './card-validator.ts';

/** All texts in their order, one a line. */
export const textOf = (card: Card): string =>
  nodesOf(card.body)
    .flatMap(({ type, text, title, value }) =>
      // A fact has no type, and its name does not break.
      type === undefined && typeof title === 'string' ? [title.replaceAll('\u00a0', ' '), value] : [text],
    )
    .filter((text) => typeof text === 'string')
    .join('\n');

/** The titles of all buttons that ask somebody, fallbacks left out. */
export const buttonsOf = (card: Card): readonly unknown[] =>
  nodesOf([card.body, { actions: card.actions ?? [] }])
    .flatMap(({ actions }) => (actions ?? []) as readonly Node[])
    .filter(({ type }) => type === 'Action.Execute' || type === 'Action.OpenUrl')
    .map(({ title }) => title);

/** What a screen reader calls the parts that can be pressed and are no buttons. */
export const pressableOf = (card: Card): readonly unknown[] =>
  nodesOf(card.body)
    .map(({ selectAction }) => (selectAction as Node | undefined)?.title)
    .filter((title) => title !== undefined);
