/** Draws what sharing an export needs: the question to its requester, the card that everybody there sees, the answer. */
import { exportButton } from '../blocks/buttons.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { count, number } from '../../words/en/amounts.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { answerParts, answerSpoken } from '../figures/answer-block.ts';
import type { Answer } from '../figures/answer-block.ts';
import { banner, data, fold, footnote, paragraph, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { exportName, targetLink } from './export-blocks.ts';
import { plainText } from '../blocks/untrusted-text.ts';

/** @param others how many people are there beside the requester, when Teams says so */
export function shareQuestionCard(job: ExportJob, { summary }: Answer, others: number | undefined): Card {
  const title = `${audience(others)} the summary of ${count(summary.rows, 'row')}`;
  return createCard({
    summary: `Share? ${title}`,
    speak: `${title}. Press Share it here to post it.`,
    body: [
      banner({ tone: 'warning', icon: '?', title }),
      paragraph(
        'I’ll post it here as my own message and say that you shared it: the counts, what needs attention with titles and owners, and what changed. Not the file.',
        'Medium',
      ),
      footnote('Nobody has seen it yet. Only you see this question.'),
    ],
    actions: [
      exportButton('shareNow', job.id, { style: 'positive' }),
      exportButton('show', job.id, { title: 'Don’t share' }),
    ],
  });
}

function audience(others: number | undefined): string {
  if (others === undefined) return 'Everybody here will see';
  if (others === 0) return 'Nobody else is here yet. Whoever joins may see';
  return `${others === 1 ? '1 other person' : `${number(others)} other people`} will see`;
}

/** Everybody in the conversation sees it: the figures, whose they are, and nothing that leads to the file. */
export function sharedSummaryCard(job: ExportJob, answer: Answer): Card {
  const shown = { kind: 'read', ...answer } as const;
  const { shown: figures, attention, details } = answerParts(shown, 'everybody');
  return createCard({
    summary: `${exportName(job)}: what it says`,
    speak: `${exportName(job)}. ${answerSpoken(shown)}`,
    body: [
      banner({ tone: 'accent', icon: '◧', title: 'What this view says' }),
      ...figures,
      ...rowGroup([
        row('Shared by', data(plainText(job.requester.name, 'somebody'))),
        row('View', targetLink(job.target)),
        ...rowIf('Data as of', localDateTime(answer.asOf)),
      ]),
    ],
    actions: [...attention, ...fold('details', 'Details', details)],
  });
}

export type ShareResult = 'shared' | 'alreadyShared' | 'notShared' | 'nothingToShare';

const results: Readonly<Record<ShareResult, { readonly icon: string; readonly text: string }>> = {
  shared: { icon: '✓', text: 'Shared: the figures appear here in a moment, for everybody.' },
  alreadyShared: { icon: '✓', text: 'You have shared these figures here already.' },
  notShared: { icon: '✕', text: 'I couldn’t post it here just now. Press Share again in a minute.' },
  nothingToShare: { icon: '○', text: 'There are no figures to share at the moment.' },
};

export const shareResultCard = (job: ExportJob, result: ShareResult): Card =>
  createCard({
    summary: results[result].text,
    body: [paragraph(`${results[result].icon}  ${results[result].text}`)],
    actions: [exportButton('show', job.id)],
  });
