/** Explains what the bot does, how to ask for it, and which words it knows. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/card-actions.ts';
import { banner, footnote, heading, row } from '../blocks/card-blocks.ts';
import { howToSteps, retirementNews, sendFileElsewhere, sendFileSteps, whatYouGet } from './how-to.ts';

/** @param options.serviceRetired Graph said so for this tenant: the news comes first */
export function helpCard(
  options: {
    readonly serviceRetired?: boolean;
    /** Others are there. */
    readonly shared?: boolean;
  } = {},
): Card {
  const title = 'Here is how it works';
  const news = retirementNews(options.serviceRetired ?? false);
  return createCard({
    summary: 'How to export a Viva Goals view',
    speak: `${title}. ${whatYouGet} Paste the address of a saved explorer view to start.`,
    body: [
      banner({ tone: 'accent', icon: '➜', title, lead: whatYouGet }),
      ...(options.serviceRetired === true ? [news] : []),
      ...howToSteps,
      ...(options.shared === true ? [footnote(sendFileElsewhere)] : sendFileSteps),
      heading('Words I know'),
      row('list', 'Your exports, with their buttons'),
      row('sign in', 'Signs you in before you need it'),
      row('sign out', 'Removes your sign-in from this bot'),
      row('delete my data', 'Shows what I keep about you, and deletes it if you confirm'),
      row('help', 'This card'),
      footnote(
        'In a group chat or channel, mention me so that I see your message. I see only what you can see in Viva Goals, and only you see the details of your exports.',
      ),
      ...(options.serviceRetired === true ? [] : [news]),
    ],
    actions: [button('My exports', { verb: 'list' })],
  });
}
