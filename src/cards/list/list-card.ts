/** Draws the list of one person's exports, with those that only Microsoft Graph knows. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { graphListRow, ownListRow } from './list-rows.ts';
import type { GraphListed } from './list-rows.ts';

export interface ListCardContent {
  /** Newest first. */
  readonly own: readonly ExportJob[];
  readonly graphOnly: readonly GraphListed[];
  readonly graph: 'asked' | 'signInNeeded' | 'unavailable';
  readonly now: Date;
  /** `shared`: shown to one person in a group or channel. */
  readonly scope: 'personal' | 'shared';
}

const maxOwn = 10;
const maxGraphOnly = 5;

const graphNotes: Readonly<Record<Exclude<ListCardContent['graph'], 'asked'>, string>> = {
  signInNeeded: 'Microsoft may have exports of yours that I don’t know of. I need your sign-in to ask.',
  unavailable: 'I couldn’t reach Microsoft Graph just now, so some of your exports may be missing here.',
};

export function listCard(content: ListCardContent): Card {
  const { own, graphOnly, graph, now, scope } = content;
  const lead = leadOf(own.length, graphOnly.length);
  return createCard({
    summary: 'Your exports',
    speak: `Your exports. ${lead}`,
    body: [
      banner({ tone: 'emphasis', icon: '≡', title: 'Your exports', lead }),
      ...own.slice(0, maxOwn).map((job) => ownListRow(job, now)),
      ...moreThan(maxOwn, own.length),
      ...graphOnlyPart(graphOnly),
      ...(graph === 'asked' ? [] : [footnote(graphNotes[graph])]),
      ...(scope === 'shared' ? [footnote('Only you see this list.')] : []),
    ],
    actions: graph === 'signInNeeded' ? [button({ verb: 'signIn' }, { style: 'positive' })] : [],
  });
}

function leadOf(own: number, graphOnly: number): string {
  if (own + graphOnly === 0)
    return 'None yet. Paste a Viva Goals explorer link and the first one appears here.';
  return 'Newest first.';
}

function graphOnlyPart(graphOnly: readonly GraphListed[]): readonly CardElement[] {
  if (graphOnly.length === 0) return [];
  return [
    heading('More of your exports at Microsoft', 'Large'),
    footnote('Started elsewhere, or no longer watched by me.', 'None'),
    ...graphOnly.slice(0, maxGraphOnly).map(graphListRow),
    ...moreThan(maxGraphOnly, graphOnly.length),
  ];
}

const moreThan = (max: number, count: number): readonly CardElement[] =>
  count > max ? [footnote(`… and ${count - max} more, older than these.`)] : [];

/** Where others read along: whoever presses the button sees their own. */
export const listOfferCard = (): Card =>
  createCard({
    summary: 'Press the button to see your exports',
    body: [paragraph('Press the button to see your exports. Only you will see them.')],
    actions: [button({ verb: 'list' }, { title: 'Show mine', style: 'positive' })],
  });
