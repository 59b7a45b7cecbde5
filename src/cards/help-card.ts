/** Answers for what the bot says when asked for help, greeted, or not understood. */
import { createCard } from './adaptive-card.ts';
import type { Banner } from './card-blocks.ts';
import type { Card } from './adaptive-card.ts';
import { button } from './card-actions.ts';
import { banner, footnote, heading, row } from './card-blocks.ts';
import { howToSteps, retirementNews, sendFileElsewhere, sendFileSteps } from './how-to.ts';

export type HelpOccasion = 'asked' | 'greeted' | 'notUnderstood' | 'noText';

const openings: Readonly<Record<HelpOccasion, Pick<Banner, 'title' | 'lead'>>> = {
  asked: { title: 'Here is how it works', lead: 'I turn a Viva Goals explorer view into a CSV file.' },
  greeted: { title: 'Hello!', lead: 'I turn a Viva Goals explorer view into a CSV file. Here is how.' },
  notUnderstood: {
    title: 'I didn’t understand that',
    lead: 'I know links to Viva Goals explorer views, and the few words below.',
  },
  noText: {
    title: 'I can’t see a link there',
    lead: 'Send it as text, please. If you replied to somebody’s message, I can’t read theirs: paste its link into yours.',
  },
};

/** @param options.serviceRetired Graph said so for this tenant: the news comes first */
export function helpCard(
  options: {
    readonly serviceRetired?: boolean;
    readonly occasion?: HelpOccasion;
    /** Others are there. */
    readonly shared?: boolean;
  } = {},
): Card {
  const opening = openings[options.occasion ?? 'asked'];
  const news = retirementNews(options.serviceRetired ?? false);
  return createCard({
    summary: 'How to export a Viva Goals view',
    speak: [`${opening.title}.`, opening.lead, 'Paste the address of a saved explorer view to start.'].join(
      ' ',
    ),
    body: [
      banner({ tone: 'accent', icon: '➜', ...opening }),
      ...(options.serviceRetired === true ? [news] : []),
      ...howToSteps,
      ...(options.shared === true ? [footnote(sendFileElsewhere)] : sendFileSteps),
      heading('Words I know'),
      row('list', 'Your exports, and what can be done with each'),
      row('sign out', 'Forgets your sign-in'),
      row('delete my data', 'Shows what I keep of you, and deletes it if you say so'),
      row('help', 'This card'),
      footnote(
        'In a group chat or channel, mention me so that I hear you. I see only what you can see yourself, and details of an export are shown only to the person who asked for it.',
      ),
      ...(options.serviceRetired === true ? [] : [news]),
    ],
    actions: [button('My exports', { verb: 'list' })],
  });
}
