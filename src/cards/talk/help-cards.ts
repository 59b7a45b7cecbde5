/** Draws the help and the welcome: what people get, how to ask for it, which words the bot knows. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, footnote, heading, row, paragraph } from '../blocks/card-blocks.ts';
import { commandNames } from './command-table.ts';
import { retiredOn } from '../../words/en/sources.ts';

/** @param options.serviceRetired Graph said so for this tenant: the news comes first */
export function helpCard(
  words: Words,
  options: {
    readonly serviceRetired?: boolean;
    /** Others are there. */
    readonly shared?: boolean;
  } = {},
): Card {
  const { help } = words.talk;
  const news = retirementNews(options.serviceRetired ?? false);
  return createCard({
    summary: help.summary,
    speak: `${help.title}. ${help.whatYouGet} ${help.toStart}`,
    body: [
      banner({ tone: 'accent', icon: '➜', title: help.title, lead: help.whatYouGet }),
      ...(options.serviceRetired === true ? [news] : []),
      ...howToSteps,
      ...(options.shared === true
        ? [footnote(help.sendFileElsewhere)]
        : [heading(help.sendFile.title), paragraph(help.sendFile.text)]),
      heading(help.wordsIKnow),
      ...commandNames.map((name) => row(words.commands[name].word, words.commands[name].help)),
      footnote(help.whoSeesWhat),
      ...(options.serviceRetired === true ? [] : [news]),
    ],
    actions: [button(words, { verb: 'list' })],
  });
}

/** @param scope `shared`: a group chat or channel, where the bot hears mentions only */
export function welcomeCard(words: Words, scope: 'personal' | 'shared' = 'personal'): Card {
  const { summary, speak, title, whatYouGet, start, whoSeesWhat } = words.talk.welcome;
  return createCard({
    summary,
    speak,
    body: [
      banner({ tone: 'accent', icon: '➜', title, lead: whatYouGet }),
      paragraph(start[scope], 'Medium'),
      exampleAddress,
      ...(scope === 'shared' ? [footnote(whoSeesWhat)] : []),
      retirementNews(false),
    ],
    actions: [button(words, { verb: 'help' }), button(words, { verb: 'list' })],
  });
}

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
