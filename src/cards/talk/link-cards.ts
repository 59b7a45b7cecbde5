/** Says which pasted links were not taken: nothing to export, or too many in one message. */
import type { Target } from '../../domain/exports/target.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, bullets, footnote } from '../blocks/card-blocks.ts';
import { howToSteps } from './help-cards.ts';
import { maxTargetsPerMessage } from '../../domain/exports/message-links.ts';
import { targetRow } from '../export/export-blocks.ts';

/** @param problems of links to this source, each once */
export function linkHelpCard(words: Words, source: string, problems: readonly string[]): Card {
  const { links } = words.talk;
  const sourceWords = wordsOfSource(words, { source });
  const { linkProblems, notATarget } = sourceWords;
  const said = problems.map((problem) => linkProblems[problem] ?? links.otherProblem);
  const [only, ...others] = said;
  const isAlone = only !== undefined && others.length === 0;
  return createCard({
    summary: notATarget.summary,
    speak: [`${notATarget.summary}.`, ...said].join(' '),
    body: [
      banner({ tone: 'warning', icon: '?', title: notATarget.title, ...(isAlone && { lead: only }) }),
      ...(isAlone ? [] : bullets(said)),
      ...howToSteps(sourceWords),
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
