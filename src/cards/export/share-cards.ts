/** Draws what sharing an export needs: the question to its requester, the card that everybody there sees, the answer. */
import { exportButton } from '../blocks/buttons.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { titledTarget } from '../../domain/exports/own-target.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, ColumnSet } from '../blocks/adaptive-card.ts';
import { wordsAbout, wordsOfSource, type Words } from '../../words/words.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { answerParts, answerSpoken } from '../figures/answer-block.ts';
import type { Answer } from '../figures/answer-block.ts';
import { banner, fold, footnote, paragraph, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { exportName, requesterName, targetRow } from './export-blocks.ts';

/** @param others how many people are there beside the requester, when Teams says so */
export function shareQuestionCard(
  words: Words,
  job: ExportJob,
  { summary }: Answer,
  others: number | undefined,
): Card {
  const { sharing } = words;
  const title = sharing.question(others, summary.rows);
  return createCard({
    summary: sharing.asked(title),
    speak: sharing.askedAloud(title),
    body: [
      banner({ tone: 'warning', icon: '?', title }),
      paragraph(sharing.whatIsPosted, 'Medium'),
      footnote(sharing.nobodyYet),
    ],
    actions: [
      exportButton(words, 'shareNow', job.id, { style: 'positive' }),
      exportButton(words, 'show', job.id, { title: sharing.dont }),
    ],
  });
}

/** To the word, which everybody there has read: whoever presses is asked alone. */
export function shareOfferCard(words: Words, { id }: Pick<ExportJob, 'id'>): Card {
  const { summary, text } = words.sharing.offer;
  return createCard({
    summary,
    body: [paragraph(text)],
    actions: [exportButton(words, 'share', id, { style: 'positive' })],
  });
}

/** What a subscription says of itself, where nobody has pressed anything. */
export interface PostedBy {
  readonly row: ColumnSet;
  readonly buttons: readonly CardButton[];
}

/** Everybody in the conversation sees it: the figures, whose they are, and nothing that leads to the file. */
export function sharedSummaryCard(
  general: Words,
  shared: ExportJob,
  answer: Answer,
  posted?: PostedBy,
): Card {
  const words = wordsAbout(general, shared.target);
  const { sharing, exports } = words;
  // What is shared is said by its title; what its requester calls it is theirs.
  const job = { ...shared, target: titledTarget(shared) };
  const name = exportName(words, job);
  const shown = { kind: 'read', ...answer } as const;
  const { shown: figures, attention, details } = answerParts(words, shown, 'everybody');
  return createCard({
    summary: sharing.summary(name),
    speak: `${name}. ${answerSpoken(words, shown)}`,
    body: [
      banner({ tone: 'accent', icon: '◧', title: wordsOfSource(words, job.target).target.says }),
      ...figures,
      ...rowGroup([
        posted?.row ?? row(sharing.sharedBy, requesterName(words, job)),
        targetRow(words, job.target),
        ...rowIf(words.figures.asOf, localDateTime(answer.asOf)),
      ]),
    ],
    actions: [...attention, ...fold('details', exports.card.details, details), ...(posted?.buttons ?? [])],
  });
}

export type ShareResult = 'shared' | 'alreadyShared' | 'notShared' | 'nothingToShare';

const resultIcons: Readonly<Record<ShareResult, string>> = {
  shared: '✓',
  alreadyShared: '✓',
  notShared: '✕',
  nothingToShare: '○',
};

export function shareResultCard(words: Words, job: ExportJob, result: ShareResult): Card {
  const said = words.sharing.results[result];
  return createCard({
    summary: said,
    body: [paragraph(`${resultIcons[result]}  ${said}`)],
    actions: [exportButton(words, 'show', job.id)],
  });
}
