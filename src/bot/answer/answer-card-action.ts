/** Does what a pressed button says, and answers its presser; who pressed it comes from the activity only. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { CardAction, ExportAction } from '../../cards/blocks/card-actions.ts';
import { helpCard } from '../../cards/talk/help-cards.ts';
import { limitCard, notFoundCard } from '../../cards/talk/not-done-cards.ts';
import { listCard } from '../../cards/list/list-card.ts';
import { dataDeletedCard, dataKeptCard, myDataCard } from '../../cards/talk/my-data-card.ts';
import { cannotFollowText, signInText, startedText } from '../../cards/talk/short-answers.ts';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import type { Clock } from '../../ports/runtime.ts';
import type { DeleteMyData } from '../../usecases/delete-my-data.ts';
import type { OfferDownload } from '../../usecases/files/download-export.ts';
import type { FindExportDetails } from '../../usecases/cards/export-details.ts';
import type { ExportForMe, MayExportForMe } from '../../usecases/exports/export-for-me.ts';
import type { FollowGraphJob } from '../../usecases/exports/follow-graph-job.ts';
import type { ListExports } from '../../usecases/exports/list-exports.ts';
import type { SignIn } from '../../usecases/sign-in/sign-in-on-demand.ts';
import type { ActOutcome, OwnExport } from '../../usecases/exports/own-export.ts';
import type { StartOutcome } from '../../usecases/exports/start-export.ts';
import type { AnswerFigures } from './answer-figures.ts';
import type { AnswerFileAction } from './answer-file-action.ts';
import type { ExportView } from '../send/card-views.ts';
import type { AnswerSave } from './saving.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerCardActionDeps {
  readonly ownExport: OwnExport;
  readonly exportForMe: ExportForMe;
  readonly mayExportForMe: MayExportForMe;
  readonly followGraphJob: FollowGraphJob;
  readonly listExports: ListExports;
  readonly signIn: SignIn;
  readonly offerDownload: OfferDownload;
  readonly findExportDetails: FindExportDetails;
  readonly exportView: ExportView;
  readonly answerFigures: AnswerFigures;
  readonly answerFileAction: AnswerFileAction;
  readonly deleteMyData: DeleteMyData;
  readonly answerSave: AnswerSave;
  readonly clock: Clock;
}

/** A card or a line of text, for the person who pressed and nobody else. */
export type AnswerCardAction = (turn: PersonsTurn, action: CardAction) => Promise<Card | string>;

export function createAnswerCardAction(deps: AnswerCardActionDeps): AnswerCardAction {
  return async function answerCardAction(turn, action) {
    const { requester, conversation } = turn;
    switch (action.verb) {
      case 'help':
        return helpCard({ shared: conversation.kind !== 'personal' });
      case 'list':
        return showList(deps, turn);
      case 'signIn':
        return signInText(await deps.signIn({ requester, conversation }));
      case 'myData':
        return myDataCard(await deps.deleteMyData.preview({ requester }), conversation.kind !== 'personal');
      case 'deleteMyData':
        return dataDeletedCard(await deps.deleteMyData.confirm({ requester }));
      case 'keepMyData':
        return dataKeptCard();
      case 'followGraphJob': {
        const { graphJobId } = action;
        const outcome = await deps.followGraphJob({ requester, conversation, graphJobId });
        return isStart(outcome) ? started(outcome) : cannotFollowText(outcome.kind);
      }
      case 'exportForMe': {
        const { exportId } = action;
        const outcome = await deps.exportForMe({ requester, conversation, exportId });
        return isStart(outcome) ? started(outcome) : notFoundCard(exportId, false);
      }
      case 'download':
        return download(deps, turn, action);
      case 'allChanges':
      case 'share':
      case 'shareNow':
        return (
          (await deps.answerFigures[action.verb](turn, action.exportId)) ??
          notFound(deps, turn, action.exportId)
        );
      case 'saveWorkbook':
      case 'saveSpreadsheetCsv':
      case 'saveOriginal':
        return deps.answerSave(turn, { kind: 'export', id: action.exportId }, formatOf[action.verb]);
      case 'view':
      case 'refresh':
      case 'stop':
      case 'retry':
      case 'resume':
      case 'readAgain':
      case 'exportAgain':
        return own(deps, turn, useCaseOf[action.verb], action);
      case 'showFile':
      case 'readFileAgain':
      case 'fileChanges':
      case 'downloadFile':
      case 'saveFileWorkbook':
      case 'saveFileSpreadsheetCsv':
      case 'saveFileOriginal':
        return deps.answerFileAction(turn, action.verb, action.fileId);
    }
  };
}

const formatOf = {
  saveWorkbook: 'workbook',
  saveSpreadsheetCsv: 'spreadsheetCsv',
  saveOriginal: 'original',
} as const satisfies Readonly<Record<string, FileFormat>>;

const useCaseOf = {
  view: 'show',
  refresh: 'refresh',
  stop: 'stop',
  readAgain: 'readAgain',
  retry: 'retry',
  resume: 'resume',
  exportAgain: 'exportAgain',
} as const satisfies Readonly<Record<string, keyof OwnExport>>;

/** Not there, or not this person's. */
const notFound = async (
  { mayExportForMe }: AnswerCardActionDeps,
  { requester, conversation }: PersonsTurn,
  exportId: string,
): Promise<Card> => notFoundCard(exportId, await mayExportForMe({ requester, conversation, exportId }));

async function own(
  deps: AnswerCardActionDeps,
  turn: PersonsTurn,
  useCase: keyof OwnExport,
  { exportId, from }: ExportAction,
): Promise<Card> {
  const { requester, conversation } = turn;
  const outcome: ActOutcome = await deps.ownExport[useCase]({ requester, conversation, exportId });
  switch (outcome.kind) {
    case 'own':
      return deps.exportView.own(outcome.job, conversation, {
        note: outcome.note,
        details: await deps.findExportDetails(outcome.job),
        from,
      });
    case 'notFound':
      return notFound(deps, turn, exportId);
    case 'limitReached':
      return limitCard(outcome.limit, outcome.max);
  }
}

async function download(
  deps: AnswerCardActionDeps,
  turn: PersonsTurn,
  { exportId, from }: ExportAction,
): Promise<Card> {
  const { requester, conversation } = turn;
  const offer = await deps.offerDownload({ requester, exportId });
  if (offer.kind === 'notFound') return notFound(deps, turn, exportId);
  return deps.exportView.own(offer.job, conversation, {
    // The answer takes the place of the card: what it said must still be there.
    details: await deps.findExportDetails(offer.job),
    from,
    ...(offer.kind === 'link' ? { download: offer } : { note: 'notReady' }),
  });
}

async function showList(
  { listExports, clock }: AnswerCardActionDeps,
  { requester, conversation }: PersonsTurn,
): Promise<Card> {
  const list = await listExports({ requester });
  return listCard({
    ...list,
    now: clock.now(),
    scope: conversation.kind === 'personal' ? 'personal' : 'shared',
  });
}

const isStart = (outcome: StartOutcome | { readonly kind: string }): outcome is StartOutcome =>
  ['started', 'resumed', 'movedDown', 'followedHere', 'limitReached'].includes(outcome.kind);

const started = (outcome: StartOutcome): Card | string =>
  outcome.kind === 'limitReached' ? limitCard(outcome.limit, outcome.max) : startedText(outcome.kind);
