/** Answers for the first thing the bot says where it was installed. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { banner, footnote } from './card-blocks.ts';
import { howToSteps, retirementNews, sendFileElsewhere, sendFileSteps } from './how-to.ts';

/** @param scope `shared`: a group chat or channel, where the bot hears mentions only */
export function welcomeCard(scope: 'personal' | 'shared' = 'personal'): Card {
  const lead =
    'I turn a Viva Goals explorer view into a CSV file, with your own rights and without waiting at a web page.';
  return createCard({
    summary: 'Hello! I export Viva Goals views',
    speak: `Hello! ${lead} Paste the address of a saved explorer view to start.`,
    body: [
      banner({ tone: 'accent', icon: '➜', title: 'Hello! Paste a link to start', lead }),
      ...howToSteps,
      ...(scope === 'shared' ? [footnote(sendFileElsewhere)] : sendFileSteps),
      footnote(
        scope === 'shared'
          ? 'Mention me with the link so that I hear you. Everybody here sees that an export runs; the file and its details go only to the person who asked.'
          : 'Say “help” at any time.',
      ),
      retirementNews(false),
    ],
  });
}
