/** Says hello where the bot was installed: what people get from it, and how to begin. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/card-actions.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
import { exampleAddress, retirementNews, sendFileElsewhere, whatYouGet } from './how-to.ts';

/** @param scope `shared`: a group chat or channel, where the bot hears mentions only */
export function welcomeCard(scope: 'personal' | 'shared' = 'personal'): Card {
  const start =
    scope === 'shared'
      ? 'Mention me with the address of a saved Viva Goals view:'
      : 'Send me a CSV or Excel file that you exported earlier, or paste the address of a saved Viva Goals view:';
  return createCard({
    summary: 'Hello! I export Viva Goals views',
    speak: `Hello! ${whatYouGet} Paste the address of a saved explorer view to start.`,
    body: [
      banner({ tone: 'accent', icon: '➜', title: 'Hello! Paste a link to start', lead: whatYouGet }),
      paragraph(start, 'Medium'),
      exampleAddress,
      ...(scope === 'shared'
        ? [
            footnote(
              `Everybody here sees that an export runs; only the person who asked gets the answer and the file. ${sendFileElsewhere}`,
            ),
          ]
        : []),
      retirementNews(false),
    ],
    actions: [button('How it works', { verb: 'help' }), button('My exports', { verb: 'list' })],
  });
}
