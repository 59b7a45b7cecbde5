/** Types what our buttons carry, builds them, reads what comes back, and takes them off where they cannot work. */
import { z } from 'zod';
import { present } from '../../domain/present.ts';
import type { Card, CardElement, Execute } from './adaptive-card.ts';

const exportVerb = z.enum([
  'view',
  'refresh',
  'download',
  'stop',
  'retry',
  'resume',
  'exportAgain',
  'exportForMe',
  'allChanges',
  'readAgain',
  'share',
  'shareNow',
  'saveWorkbook',
  'saveSpreadsheetCsv',
  'saveOriginal',
]);
const ownFileVerb = z.enum([
  'showFile',
  'downloadFile',
  'fileChanges',
  'readFileAgain',
  'saveFileWorkbook',
  'saveFileSpreadsheetCsv',
  'saveFileOriginal',
]);
/** Graph's job ids are opaque; the alphabet is the widest that its samples show. */
const graphJobId = z.string().regex(/^[A-Za-z0-9!_-]{1,256}$/);

/** `from`: where the answer leads back to. */
const exportAction = z.object({
  verb: exportVerb,
  exportId: z.guid(),
  from: z.literal('list').optional().catch(undefined),
});
const cardAction = z.discriminatedUnion('verb', [
  exportAction,
  z.object({ verb: ownFileVerb, fileId: z.guid() }),
  z.object({ verb: z.enum(['help', 'list', 'signIn', 'myData', 'deleteMyData', 'keepMyData']) }),
  z.object({ verb: z.literal('followGraphJob'), graphJobId }),
]);

/** What a button carries: a verb and at most one opaque id. Who pressed it comes from the activity only. */
export type CardAction = Readonly<z.infer<typeof cardAction>>;
export type ExportAction = Readonly<z.infer<typeof exportAction>>;
export type ExportVerb = z.infer<typeof exportVerb>;
export type OwnFileVerb = z.infer<typeof ownFileVerb>;

/**
 * Reads the data of an `Action.Execute` (`value.action.data`) or of its fallback `Action.Submit` (a message's `value`).
 * Clients echo it and any member may replay it: undefined for whatever is not one of ours; unknown properties are left out.
 */
export function readCardAction(data: unknown): CardAction | undefined {
  const reading = cardAction.safeParse(data);
  return reading.success ? reading.data : undefined;
}

/** True when `followGraphJob` can carry the id. */
export const canCarry = (jobId: string): boolean => graphJobId.safeParse(jobId).success;

/** A button for clients with and without Universal Actions. */
export function button(title: string, action: CardAction, style?: Execute['style']): Execute {
  const data: Readonly<Record<string, string>> = present(action);
  return {
    type: 'Action.Execute',
    title,
    verb: action.verb,
    data,
    ...(style !== undefined && { style }),
    fallback: { type: 'Action.Submit', title, data },
  };
}

/** The same card for our web pages, without buttons and refresh; links inside the text stay, and what a button would have shown is shown. */
export function withoutActions(card: Card): Card {
  const { actions: _actions, refresh: _refresh, ...rest } = card;
  return { ...rest, body: withoutButtons(card.body) };
}

const withoutButtons = (elements: readonly CardElement[]): readonly CardElement[] =>
  elements
    .filter((element) => element.type !== 'ActionSet' && !isChoice(element))
    .map(shown)
    .map(withoutButtonsInside);

/** Hidden buttons, with the words around them. */
const isChoice = (element: CardElement): boolean =>
  element.type === 'Container' &&
  element.isVisible === false &&
  element.items.some(({ type }) => type === 'ActionSet');

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
      const columns = element.columns.map((column) => ({ ...column, items: withoutButtons(column.items) }));
      return { ...element, columns };
    }
    case 'ActionSet':
    case 'Chart.Donut':
    case 'ProgressBar':
    case 'RichTextBlock':
    case 'TextBlock':
      return element;
  }
}
