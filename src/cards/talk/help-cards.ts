/** Draws the help and the welcome: what people get, how to ask for it, which words the bot knows. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, row, paragraph } from '../blocks/card-blocks.ts';
import { commandNames, commands } from './command-table.ts';
import { retiredOn } from '../../words/en/sources.ts';

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
      ...commandNames.map((name) => row(commands[name].words[0], commands[name].help)),
      footnote(
        'In a group chat or channel, mention me so that I see your message. I see only what you can see in Viva Goals, and only you see the details of your exports.',
      ),
      ...(options.serviceRetired === true ? [] : [news]),
    ],
    actions: [button({ verb: 'list' })],
  });
}

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
    actions: [button({ verb: 'help' }), button({ verb: 'list' })],
  });
}

const whatYouGet =
  'You get an answer and a file: how your OKRs stand, what changed since last time, and all of it as an Excel workbook or CSV.';

/** Made-up ids; as plain text because it leads nowhere. */
const exampleAddress: CardElement = {
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: [
    {
      type: 'TextRun',
      text: 'goals.microsoft.com/…?viewId=…',
      size: 'Small',
      fontType: 'Monospace',
      isSubtle: true,
    },
  ],
};

export const howToSteps: readonly CardElement[] = [
  heading('Three steps'),
  row('1 · Open', 'a saved view in the Viva Goals explorer'),
  row('2 · Copy', 'the whole address from your browser'),
  row('3 · Paste', 'it here. One card shows how far it is, and then the answer and the file.'),
  exampleAddress,
];

/** What still serves people now that the service is retired. */
const sendFileSteps: readonly CardElement[] = [
  heading('Or send a file'),
  paragraph(
    'Did you export a CSV or Excel file from Viva Goals earlier? Send it to me here and you get the same: the answer, what changed since the last one, and a workbook.',
  ),
];

/** Where others are: Teams does not give a bot the files there. */
const sendFileElsewhere =
  'I can read files, too, but only in a personal chat: Teams doesn’t give them to me here.';

/** A warning where we know that it concerns the reader, else a footnote. */
const retirementNews = (forCertain: boolean): CardElement =>
  forCertain
    ? {
        type: 'Container',
        style: 'warning',
        spacing: 'Medium',
        items: [
          paragraph(
            `Microsoft retired Viva Goals on ${retiredOn}, and Microsoft Graph no longer offers exports to your organisation. But I can still read files that were exported earlier: send me one in our personal chat.`,
          ),
        ],
      }
    : footnote(
        `Microsoft retired Viva Goals on ${retiredOn}; whether an export still works depends on your organisation.`,
      );
