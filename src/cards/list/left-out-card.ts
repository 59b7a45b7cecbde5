/** Answers for links beyond the fifth of one message: none is dropped in silence. */
import { maxViewsPerMessage } from '../../domain/exports/message-links.ts';
import type { ExplorerView } from '../../domain/exports/explorer-url.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, footnote, row } from '../blocks/card-blocks.ts';
import { viewLink } from '../export/export-identity.ts';

const mostNamed = 20;

export function leftOutCard(views: readonly ExplorerView[]): Card {
  const count = views.length === 1 ? 'one link' : `${views.length} links`;
  const lead = `I take ${maxViewsPerMessage} links from one message. Please send the rest again in a new one.`;
  return createCard({
    summary: `I left out ${count}`,
    speak: `I left out ${count}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '…', title: `I left out ${count}`, lead }),
      ...views.slice(0, mostNamed).map((view) => row('View', viewLink(view))),
      ...(views.length > mostNamed ? [footnote(`… and ${views.length - mostNamed} more.`)] : []),
    ],
  });
}
