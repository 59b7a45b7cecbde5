/** Handles the buttons about what an export says: all its changes, and sharing them with the conversation. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { allChangesCard } from '../../cards/figures/all-changes-card.ts';
import { exportName, exportButton } from '../../cards/export/export-blocks.ts';
import { shareQuestionCard, shareResultCard } from '../../cards/export/share-cards.ts';
import { noChangesText } from '../../cards/talk/short-answers.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { FindExportDetails } from '../../usecases/cards/export-details.ts';
import type { ShareSummary } from '../../usecases/cards/share-summary.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerFiguresDeps {
  readonly exports: Pick<Stores['exports'], 'loadOwn'>;
  readonly findExportDetails: FindExportDetails;
  readonly shareSummary: ShareSummary;
}

/** Undefined when it is not there, or not this person's. */
export interface AnswerFigures {
  readonly allChanges: (turn: PersonsTurn, exportId: string) => Promise<Card | string | undefined>;
  readonly share: (turn: PersonsTurn, exportId: string) => Promise<Card | undefined>;
  readonly shareNow: (turn: PersonsTurn, exportId: string) => Promise<Card | undefined>;
}

export const createAnswerFigures = (deps: AnswerFiguresDeps): AnswerFigures => ({
  allChanges: async ({ requester, conversation }, exportId) => {
    const job = await deps.exports.loadOwn(requester, exportId);
    if (job === undefined) return undefined;
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
        return shareQuestionCard(asked.job, asked.reading, asked.others);
      case 'nothingToShare':
        return shareResultCard(asked.job, 'nothingToShare');
      case 'notFound':
        return undefined;
    }
  },
  shareNow: async ({ requester, conversation }, exportId) => {
    const posted = await deps.shareSummary.post({ requester, conversation, exportId });
    return posted.kind === 'notFound' ? undefined : shareResultCard(posted.job, posted.kind);
  },
});
