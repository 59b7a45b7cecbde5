/** Takes the buttons off a card where they cannot work. */
import type { Card, CardElement } from './adaptive-card.ts';

/** The same card for our web pages, without buttons and refresh; links inside the text stay, and what a button would have shown is shown. */
export function withoutActions(card: Card): Card {
  const { actions: _actions, refresh: _refresh, ...rest } = card;
  return { ...rest, body: withoutButtons(card.body) };
}

const withoutButtons = (elements: readonly CardElement[]): readonly CardElement[] =>
  elements
    .filter((element) => !isAction(element) && !isChoice(element))
    .map(shown)
    .map(withoutButtonsInside);

const isAction = (element: CardElement): boolean =>
  element.type === 'ActionSet' || (element.type === 'ColumnSet' && element.selectAction !== undefined);

/** Hidden choices, with the words above them. */
function isChoice(element: CardElement): boolean {
  if (element.type !== 'Container' || element.isVisible !== false) return false;
  const [words, ...choices] = element.items;
  return words?.type === 'TextBlock' && choices.length > 0 && choices.every(isAction);
}

function shown<Element extends CardElement>(element: Element): Element {
  const { isVisible: _isVisible, ...rest } = element;
  // Leaving out an optional property makes no other element of it, which the compiler cannot tell.
  return rest as Element;
}

function withoutButtonsInside(element: CardElement): CardElement {
  switch (element.type) {
    case 'Container':
      return { ...element, items: withoutButtons(element.items) };
    case 'ColumnSet': {
      const columns = element.columns
        .filter(({ selectAction }) => selectAction === undefined)
        .map((column) => ({ ...column, items: withoutButtons(column.items) }));
      return { ...element, columns };
    }
    case 'ActionSet':
    case 'FactSet':
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Time':
    case 'Input.Date':
    case 'Chart.Donut':
    case 'ProgressBar':
    case 'RichTextBlock':
    case 'TextBlock':
      return element;
  }
}
