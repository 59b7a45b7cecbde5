/** Parses cards with the real `adaptivecards` parser, and finds what it does not flag: newer elements, versions, addresses. */
import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';
import type { Card } from '../../../src/cards/blocks/adaptive-card.ts';

// Its UMD file looks for a browser's global.
Object.assign(globalThis, { self: globalThis });
const adaptiveCards = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as typeof AdaptiveCards;

/** Elements that Teams draws and the parser does not know; each needs a fallback. */
const newerElements: ReadonlySet<unknown> = new Set(['ProgressBar', 'Chart.Donut']);
const knownTypes: ReadonlySet<unknown> = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'Container',
  'ColumnSet',
  'FactSet',
  'Column',
  'ActionSet',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Time',
  'Input.Date',
  // Teams' own: what a button opens, whom a text mentions.
  'task/fetch',
  'mention',
  'Action.OpenUrl',
  'Action.Execute',
  'Action.Submit',
  'Action.ToggleVisibility',
]);

export type Node = Readonly<Record<string, unknown>>;

/** Every object inside the card, with the card itself first. */
export function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  return [node, ...Object.values(node).flatMap(nodesOf)];
}

/** What the real parser complains about, one sentence each. */
function parserProblems(card: Card): readonly string[] {
  const context = new adaptiveCards.SerializationContext();
  new adaptiveCards.AdaptiveCard().parse(JSON.parse(JSON.stringify(card)), context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message).filter(
    (message) => ![...newerElements].some((name) => message.includes(String(name))),
  );
}

function nodeProblems(node: Node): readonly string[] {
  const problems: string[] = [];
  if ('type' in node && !knownTypes.has(node.type) && !newerElements.has(node.type))
    problems.push(`unknown type ${String(node.type)}`);
  if (newerElements.has(node.type) && node.fallback === undefined)
    problems.push(`${String(node.type)} without a fallback`);
  if (node.type === 'Action.Execute' && (node.fallback as Node | undefined)?.type !== 'Action.Submit')
    problems.push('Action.Execute without a fallback to Action.Submit');
  if (node.type === 'TextBlock' && node.wrap !== true) problems.push(`cut off: ${String(node.text)}`);
  if ('url' in node && !/^https?:\/\//.test(String(node.url))) problems.push(`address ${String(node.url)}`);
  if (node.type !== 'TextBlock' && /\{\{(DATE|TIME)\(/.test(String(node.text)))
    problems.push('a card function outside a TextBlock');
  return problems;
}

/** What a button shows and hides must be there, once. */
function togglingProblems(nodes: readonly Node[]): readonly string[] {
  const ids = nodes.flatMap(({ type, id }) => (type !== undefined && typeof id === 'string' ? [id] : []));
  const targets = nodes
    .flatMap(({ targetElements }) => (targetElements ?? []) as readonly (string | { elementId: string })[])
    .map((target) => (typeof target === 'string' ? target : target.elementId));
  return [
    ...targets.filter((id) => !ids.includes(id)).map((id) => `nothing has the id ${id}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the id ${id} twice`),
  ];
}

/** Teams mentions whom a TextBlock names in the very same words. */
const mentionProblems = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .filter(({ type }) => type === 'mention')
    .map(({ text }) => String(text))
    .filter((text) => !nodes.some((node) => node.type === 'TextBlock' && String(node.text).includes(text)))
    .map((text) => `no text mentions ${text}`);

/** Every button, also in a row of buttons and in a card that another button shows; what a press on a row does is none. */
export function buttonCountOf(value: unknown): number {
  const lists = nodesOf(value).flatMap(({ actions }) => (Array.isArray(actions) ? [actions.length] : []));
  return lists.reduce((sum, length) => sum + length, 0);
}

/** Source: "Microsoft Teams store validation guidelines", Bots and Adaptive Cards. */
export const mostButtons = 6;

export const sizeOf = (card: Card): number => Buffer.byteLength(JSON.stringify(card));
const maxBytes = 28 * 1024;

/** Everything wrong with a card, one sentence each; `most` bytes for cards that are long by nature. */
export function cardProblems(card: Card, most = maxBytes): readonly string[] {
  const nodes = nodesOf(card);
  return [
    ...parserProblems(card),
    ...nodes.flatMap(nodeProblems),
    ...togglingProblems(nodes),
    ...mentionProblems(nodes),
    ...(buttonCountOf(card) > mostButtons ? [`${buttonCountOf(card)} buttons`] : []),
    ...(sizeOf(card) > most ? [`${sizeOf(card)} bytes`] : []),
    ...(card.speak.trim() === '' || card.fallbackText.trim() === '' ? ['no words for a screen reader'] : []),
    ...(/\{\{|undefined|Invalid Date|NaN/.test(card.speak + card.fallbackText) ? ['odd words to speak'] : []),
  ];
}
