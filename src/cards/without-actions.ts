/** Answers for showing a card where its buttons cannot work: on our own web pages. */
import type { Card, CardElement } from './adaptive-card.ts';

/** The same card without buttons and refresh; links inside the text stay. */
export function withoutActions(card: Card): Card {
  const { actions: _actions, refresh: _refresh, ...rest } = card;
  return { ...rest, body: withoutButtons(card.body) };
}

const withoutButtons = (elements: readonly CardElement[]): readonly CardElement[] =>
  elements.filter(({ type }) => type !== 'ActionSet').map(withoutButtonsInside);

function withoutButtonsInside(element: CardElement): CardElement {
  switch (element.type) {
    case 'Container':
      return { ...element, items: withoutButtons(element.items) };
    case 'ColumnSet': {
      const columns = element.columns.map((column) => ({ ...column, items: withoutButtons(column.items) }));
      return { ...element, columns };
    }
    default:
      return element;
  }
}
