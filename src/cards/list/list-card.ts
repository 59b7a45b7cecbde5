/** Draws the list of one person's exports, with those that only Microsoft Graph knows. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { graphListRow, ownListRow } from './list-rows.ts';
import type { GraphListed, Nameless } from './list-rows.ts';

export interface ListCardContent {
  /** Newest first. */
  readonly own: readonly Nameless[];
  readonly graphOnly: readonly GraphListed[];
  readonly graph: 'asked' | 'signInNeeded' | 'unavailable';
  readonly now: Date;
  /** `shared`: shown to one person in a group or channel. */
  readonly scope: 'personal' | 'shared';
}

const maxOwn = 10;
const maxGraphOnly = 5;

export function listCard(words: Words, content: ListCardContent): Card {
  const { own, graphOnly, graph, now, scope } = content;
  const { title, none, newestFirst, elsewhere, onlyYou } = words.list;
  const lead = own.length + graphOnly.length === 0 ? none : newestFirst;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title, lead }),
      ...own.slice(0, maxOwn).map((job) => ownListRow(words, job, now, own.slice(0, maxOwn))),
      ...moreThan(words, maxOwn, own.length),
      ...graphOnlyPart(words, graphOnly),
      ...(graph === 'asked' ? [] : [footnote(elsewhere[graph])]),
      ...(scope === 'shared' ? [footnote(onlyYou)] : []),
    ],
    actions: graph === 'signInNeeded' ? [button(words, { verb: 'signIn' }, { style: 'positive' })] : [],
  });
}

function graphOnlyPart(words: Words, graphOnly: readonly GraphListed[]): readonly CardElement[] {
  if (graphOnly.length === 0) return [];
  const { title, about } = words.list.elsewhere;
  return [
    heading(title, 'Large'),
    footnote(about, 'None'),
    ...graphOnly.slice(0, maxGraphOnly).map((job) => graphListRow(words, job)),
    ...moreThan(words, maxGraphOnly, graphOnly.length),
  ];
}

const moreThan = ({ list }: Words, max: number, count: number): readonly CardElement[] =>
  count > max ? [footnote(list.more(count - max))] : [];

/** Where others read along: whoever presses the button sees their own. */
export function listOfferCard(words: Words): Card {
  const { title, text, showMine } = words.list.offer;
  return createCard({
    summary: title,
    body: [paragraph(text)],
    actions: [button(words, { verb: 'list' }, { title: showMine, style: 'positive' })],
  });
}
