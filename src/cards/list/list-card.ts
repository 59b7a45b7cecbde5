/** Draws the list of one person's exports, a page at a time, with those that only Microsoft Graph knows. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { maxButtons } from '../blocks/select-row.ts';
import { graphListRow, ownListRow, quickButton } from './list-rows.ts';
import type { GraphListed, Nameless } from './list-rows.ts';

export interface ListCardContent {
  /** Of this page, newest first. */
  readonly own: readonly Nameless[];
  /** The first one is 0. */
  readonly page: number;
  /** How many come after these. */
  readonly older: number;
  readonly graphOnly: readonly GraphListed[];
  readonly graph: 'asked' | 'signInNeeded' | 'unavailable';
  readonly now: Date;
  /** `shared`: shown to one person in a group or channel. */
  readonly scope: 'personal' | 'shared';
}

const maxGraphOnly = 5;

export function listCard(words: Words, content: ListCardContent): Card {
  const { own, page, older, graph, now, scope } = content;
  const { title, none, newestFirst, elsewhere, onlyYou, more } = words.list;
  const graphOnly = page === 0 ? content.graphOnly : [];
  const lead = own.length + graphOnly.length === 0 ? none : newestFirst;
  const actions = cardButtons(words, content);
  const quick = quickButtons(words, own, maxButtons - actions.length);
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title, lead }),
      ...own.map((job) => ownListRow(words, job, { now, all: own, quick: quick.get(job) })),
      ...(older > 0 ? [footnote(more(older))] : []),
      ...graphOnlyPart(words, graphOnly),
      ...(graph === 'asked' ? [] : [footnote(elsewhere[graph])]),
      ...(scope === 'shared' ? [footnote(onlyYou)] : []),
    ],
    actions,
  });
}

function cardButtons(words: Words, { page, older, graph }: ListCardContent): readonly CardButton[] {
  const { list } = words;
  const turn = (to: number, title: string): CardButton =>
    button(words, { verb: 'list', page: to }, { title });
  return [
    ...(page > 0 ? [turn(page - 1, list.toNewer)] : []),
    ...(older > 0 ? [turn(page + 1, list.toOlder)] : []),
    ...(graph === 'signInNeeded' ? [button(words, { verb: 'signIn' }, { style: 'positive' })] : []),
  ];
}

/** The newest have their main button beside them; each row opens the export, with all of its buttons. */
function quickButtons(
  words: Words,
  own: readonly Nameless[],
  room: number,
): ReadonlyMap<Nameless, CardButton> {
  const found = own.flatMap((job) => {
    const quick = quickButton(words, job);
    return quick === undefined ? [] : [[job, quick] as const];
  });
  return new Map(found.slice(0, room));
}

function graphOnlyPart(words: Words, graphOnly: readonly GraphListed[]): readonly CardElement[] {
  if (graphOnly.length === 0) return [];
  const { title, about } = words.list.elsewhere;
  const left = graphOnly.length - maxGraphOnly;
  return [
    heading(title, 'Large'),
    footnote(about, 'None'),
    ...graphOnly.slice(0, maxGraphOnly).map((job) => graphListRow(words, job)),
    ...(left > 0 ? [footnote(words.list.more(left))] : []),
  ];
}

/** Where others read along: whoever presses the button sees their own. */
export function listOfferCard(words: Words): Card {
  const { title, text, showMine } = words.list.offer;
  return createCard({
    summary: title,
    body: [paragraph(text)],
    actions: [button(words, { verb: 'list' }, { title: showMine, style: 'positive' })],
  });
}
