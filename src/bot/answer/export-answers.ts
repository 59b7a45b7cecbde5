/** Answers about an export of the presser's: its card, its file, its changes, and sharing them with the conversation. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { exportName } from '../../cards/export/export-blocks.ts';
import { shareQuestionCard, shareResultCard } from '../../cards/export/share-cards.ts';
import { limitCard, notFoundCard } from '../../cards/talk/not-done-cards.ts';
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { ownTarget } from '../../domain/exports/own-target.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { FindExportDetails } from '../../usecases/cards/export-details.ts';
import type { ShareSummary } from '../../usecases/cards/share-summary.ts';
import type { MayExportForMe } from '../../usecases/exports/export-for-me.ts';
import type { OwnExport } from '../../usecases/exports/own-export.ts';
import type { OfferDownload } from '../../usecases/files/download-export.ts';
import type { PersonsTurn } from '../receive/turn.ts';
import type { ExportView } from '../send/card-views.ts';
import type { SubjectAnswers } from './subject-answers.ts';

export interface ExportAnswersDeps {
  readonly exports: Pick<Stores['exports'], 'loadOwn'>;
  readonly ownExport: OwnExport;
  readonly mayExportForMe: MayExportForMe;
  readonly offerDownload: OfferDownload;
  readonly findExportDetails: FindExportDetails;
  readonly shareSummary: ShareSummary;
  readonly exportView: ExportView;
  readonly named: (job: ExportJob) => Promise<ExportJob>;
}

export interface ExportAnswers extends SubjectAnswers {
  /** Its card after what was asked for. */
  readonly act: (turn: PersonsTurn, useCase: keyof OwnExport, id: string, from?: 'list') => Promise<Card>;
  readonly share: (turn: PersonsTurn, id: string) => Promise<Card>;
  readonly shareNow: (turn: PersonsTurn, id: string) => Promise<Card>;
}

export function createExportAnswers(deps: ExportAnswersDeps): ExportAnswers {
  const notFound: NotFound = async ({ requester, conversation, words }, exportId) =>
    notFoundCard(words, exportId, await deps.mayExportForMe({ requester, conversation, exportId }));
  const act = createAct(deps, notFound);
  return {
    act,
    show: (turn, id, from) => act(turn, 'show', id, from),
    readAgain: (turn, id, from) => act(turn, 'readAgain', id, from),
    download: createDownload(deps, notFound),
    changes: async ({ requester, words }, id) => {
      const job = await deps.exports.loadOwn(requester, id);
      if (job === undefined) return undefined;
      const { reading } = await deps.findExportDetails(job);
      return {
        name: exportName(words, { ...job, target: ownTarget(await deps.named(job)) }),
        changes: reading?.changes,
      };
    },
    share: async (turn, exportId) => {
      const { requester, conversation } = turn;
      const asked = await deps.shareSummary.ask({ requester, conversation, exportId });
      switch (asked.kind) {
        case 'ask':
          return shareQuestionCard(turn.words, asked.job, asked.reading, asked.others);
        case 'nothingToShare':
          return shareResultCard(turn.words, asked.job, 'nothingToShare');
        case 'notFound':
          return notFound(turn, exportId);
      }
    },
    shareNow: async (turn, exportId) => {
      const { requester, conversation } = turn;
      const posted = await deps.shareSummary.post({ requester, conversation, exportId });
      return posted.kind === 'notFound'
        ? notFound(turn, exportId)
        : shareResultCard(turn.words, posted.job, posted.kind);
    },
    notFound,
  };
}

type NotFound = (turn: PersonsTurn, id: string) => Promise<Card>;

const createAct =
  (deps: ExportAnswersDeps, notFound: NotFound): ExportAnswers['act'] =>
  async (turn, useCase, exportId, from) => {
    const { requester, conversation } = turn;
    const outcome = await deps.ownExport[useCase]({ requester, conversation, exportId });
    switch (outcome.kind) {
      case 'own':
        return deps.exportView.own(turn.words, await deps.named(outcome.job), conversation, {
          note: outcome.note,
          details: await deps.findExportDetails(outcome.job),
          from,
        });
      case 'notFound':
        return notFound(turn, exportId);
      case 'limitReached':
        return limitCard(turn.words, outcome.limit, outcome.max);
    }
  };

const createDownload =
  (deps: ExportAnswersDeps, notFound: NotFound): ExportAnswers['download'] =>
  async (turn, exportId, from) => {
    const { requester, conversation } = turn;
    const subject = { kind: 'export', id: exportId } as const;
    const offer = await deps.offerDownload({ requester, subject });
    const job = await deps.exports.loadOwn(requester, exportId);
    if (offer.kind === 'notFound' || job === undefined) return notFound(turn, exportId);
    return deps.exportView.own(turn.words, await deps.named(job), conversation, {
      // The answer takes the place of the card: what it said must still be there.
      details: await deps.findExportDetails(job),
      from,
      ...(offer.kind === 'link' ? { download: offer } : { note: 'notReady' }),
    });
  };
