/** Draws the help and the welcome: what people get, how to ask for it, which words the bot knows. */
import type { SourceWords } from '../../words/en/sources/source-words.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, factTable, footnote, heading, paragraph } from '../blocks/card-blocks.ts';
import { run, runs } from '../blocks/untrusted-text.ts';
import { listedCommands, saidAs, type CommandName } from './command-table.ts';

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
  const sources: readonly SourceWords[] = Object.values(words.sources.byName);
  const { serviceRetired = false, shared = false } = options;
  const news = sources.flatMap((source) => retirementNews(source, serviceRetired));
  return createCard({
    summary: help.summary,
    speak: `${help.title}. ${help.whatYouGet} ${help.toStart}`,
    body: [
      banner({ tone: 'accent', icon: '➜', title: help.title, lead: help.whatYouGet }),
      ...(serviceRetired ? news : []),
      ...sources.flatMap((source) => howToSteps(source, sources.length > 1)),
      ...(shared
        ? [footnote(help.sendFileElsewhere)]
        : [heading(help.sendFile.title), paragraph(help.sendFile.text)]),
      heading(help.wordsIKnow),
      factTable(listedCommands.map((name) => [saidAs(words, name), words.commands[name].help])),
      footnote(help.whoSeesWhat),
      ...(serviceRetired ? [] : news),
    ],
    actions: [button(words, { verb: 'list' })],
  });
}

/** Of many, those with which people begin. */
const firstCommands: readonly CommandName[] = ['list', 'saveAs', 'schedule', 'help'];

/**
 * @param scope `shared`: a group chat or channel, where the bot hears mentions only
 * @param addedBy who added it there, where Teams says so
 */
export function welcomeCard(words: Words, scope: 'personal' | 'shared' = 'personal', addedBy?: string): Card {
  const { welcome } = words.talk;
  const { summary, speak, title, whatYouGet, start, sendFile, whoSeesWhat } = welcome;
  const sources: readonly SourceWords[] = Object.values(words.sources.byName);
  return createCard({
    summary,
    speak,
    body: [
      banner({ tone: 'accent', icon: '➜', title: title[scope], lead: whatYouGet }),
      ...(addedBy === undefined || scope === 'personal' ? [] : [added(words, addedBy)]),
      paragraph(start[scope], 'Medium'),
      ...sources.flatMap(exampleOf),
      ...(scope === 'personal' ? [paragraph(sendFile, 'Medium')] : []),
      factTable(firstCommands.map((name) => [saidAs(words, name), words.commands[name].listed[scope]])),
      paragraph(welcome.setUp, 'Medium'),
      footnote(scope === 'shared' ? `${whoSeesWhat} ${welcome.limits}` : welcome.limits),
      ...sources.flatMap((source) => retirementNews(source, false)),
    ],
    actions: [button(words, { verb: 'help' }), button(words, { verb: 'list' })],
  });
}

const added = ({ talk }: Words, name: string): CardElement => ({
  type: 'RichTextBlock',
  spacing: 'Medium',
  inlines: runs(talk.welcome.addedBy(name)),
});

/** As plain text because it leads nowhere. */
const exampleOf = ({ howTo }: SourceWords): readonly CardElement[] =>
  howTo.exampleAddress === undefined
    ? []
    : [
        {
          type: 'RichTextBlock',
          spacing: 'Small',
          inlines: [run(howTo.exampleAddress, { size: 'Small', fontType: 'Monospace', isSubtle: true })],
        },
      ];

/** How to get a link that can be exported. @param amongOthers steps of other sources stand beside them */
export const howToSteps = (source: SourceWords, amongOthers = false): readonly CardElement[] => [
  heading(amongOthers ? `${source.product} · ${source.howTo.title}` : source.howTo.title),
  factTable(source.howTo.steps.map(({ title, text }) => [title, text])),
  ...exampleOf(source),
];

/** A warning where we know that it concerns the reader, else a footnote. */
const retirementNews = ({ retirement }: SourceWords, forCertain: boolean): readonly CardElement[] => {
  if (retirement === undefined) return [];
  const { news, newsForCertain } = retirement;
  return forCertain
    ? [{ type: 'Container', style: 'warning', spacing: 'Medium', items: [paragraph(newsForCertain)] }]
    : [footnote(news)];
};
