/** Answers for buttons about what an export says: everything that changed, and sharing it with those who are there. */
import type { Card } from '../cards/adaptive-card.ts';
import { allChangesCard } from '../cards/all-changes-card.ts';
import { exportName } from '../cards/export-identity.ts';
import { exportButton } from '../cards/export-story.ts';
import { notFoundCard } from '../cards/not-found-card.ts';
import { shareQuestionCard, shareResultCard } from '../cards/share-cards.ts';
import { noChangesText } from '../cards/short-answers.ts';
import type { Stores } from '../ports/runtime.ts';
import type { FindExportDetails } from '../usecases/export-details.ts';
import type { ShareSummary } from '../usecases/share-summary.ts';
import type { PersonsTurn } from './turn.ts';

export interface AnswerFiguresDeps {
  readonly exports: Pick<Stores['exports'], 'loadOwn'>;
  readonly findExportDetails: FindExportDetails;
  readonly shareSummary: ShareSummary;
}

export interface AnswerFigures {
  readonly allChanges: (turn: PersonsTurn, exportId: string) => Promise<Card | string>;
  readonly share: (turn: PersonsTurn, exportId: string) => Promise<Card>;
  readonly shareNow: (turn: PersonsTurn, exportId: string) => Promise<Card>;
}

export const createAnswerFigures = (deps: AnswerFiguresDeps): AnswerFigures => ({
  allChanges: async ({ requester, conversation }, exportId) => {
    const job = await deps.exports.loadOwn(requester, exportId);
    if (job === undefined) return notFoundCard(exportId);
    const { reading } = await deps.findExportDetails(job);
    if (reading?.changes === undefined) return noChangesText();
    const onlyYou = conversation.kind !== 'personal';
    const back = exportButton('view', exportId, { title: 'Back' });
    return allChangesCard({ changes: reading.changes, name: exportName(job), onlyYou, back });
  },
  share: async ({ requester, conversation }, exportId) => {
    const asked = await deps.shareSummary.ask({ requester, conversation, exportId });
    switch (asked.kind) {
      case 'ask':
        return shareQuestionCard(asked.job, asked.reading, asked.people);
      case 'nothingToShare':
        return shareResultCard(asked.job, 'nothingToShare');
      case 'notFound':
        return notFoundCard(exportId);
    }
  },
  shareNow: async ({ requester, conversation }, exportId) => {
    const posted = await deps.shareSummary.post({ requester, conversation, exportId });
    return posted.kind === 'notFound' ? notFoundCard(exportId) : shareResultCard(posted.job, posted.kind);
  },
});
