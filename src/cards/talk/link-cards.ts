/** Says which pasted links were not taken: no saved view, or too many in one message. */
import type { Target } from '../../domain/exports/target.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, footnote, paragraph } from '../blocks/card-blocks.ts';
import { howToSteps } from './help-cards.ts';
import { maxTargetsPerMessage } from '../../domain/exports/message-links.ts';
import { targetRow } from '../export/export-blocks.ts';

const problemWords: Readonly<Record<string, string>> = {
  tooLong: 'The link is longer than a Viva Goals address can be. Perhaps something else was pasted with it.',
  notHttps: 'The link starts with http:// and must start with https://.',
  unusualAddress:
    'The link holds a user name or a port, which a Viva Goals address never has. I don’t use it, to be safe.',
  otherPage: 'The link leads to another page of Viva Goals, not to the explorer.',
  badOrganizationId: 'The part of the link that names the organisation is incomplete or changed.',
  noViewId:
    'The link leads to the explorer, but names no saved view: “viewId=…” is missing. Save the view first.',
  manyViewIds: 'The link names more than one view.',
  badViewId:
    'The part of the link that names the view is incomplete or changed. Perhaps the end was cut off.',
};

/** @param problems as `readMessageLinks` found them, each once */
export function linkHelpCard({ talk: { links } }: Words, problems: readonly string[]): Card {
  const said = problems.map((problem) => problemWords[problem] ?? links.otherProblem);
  const [only, ...others] = said;
  const banners = { tone: 'warning', icon: '?', title: 'That link is not a saved view' } as const;
  return createCard({
    summary: 'That link is not a saved explorer view',
    speak: ['That link is not a saved explorer view.', ...said].join(' '),
    body: [
      banner(only === undefined || others.length > 0 ? banners : { ...banners, lead: only }),
      ...(others.length > 0
        ? said.map((text, index) => paragraph(`• ${text}`, index === 0 ? 'Medium' : 'Small'))
        : []),
      ...howToSteps,
      footnote(links.nothingExported),
    ],
  });
}

const maxNamed = 20;

/** Links beyond what is taken from one message: none is dropped in silence. */
export function leftOutCard(words: Words, targets: readonly Target[]): Card {
  const { links } = words.talk;
  const title = links.leftOut(targets.length);
  const lead = links.sendAgain(maxTargetsPerMessage);
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '…', title, lead }),
      ...targets.slice(0, maxNamed).map((target) => targetRow(words, target)),
      ...(targets.length > maxNamed ? [footnote(links.more(targets.length - maxNamed))] : []),
    ],
  });
}
