/** Handles the buttons on the card of a person's own file. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { allChangesCard } from '../../cards/figures/all-changes-card.ts';
import type { OwnFileVerb } from '../../cards/blocks/card-actions.ts';
import { ownFileButton } from '../../cards/own-file/own-file-card.ts';
import { fileGoneText, noChangesText } from '../../cards/talk/short-answers.ts';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import type { OfferOwnFile } from '../../usecases/files/download-export.ts';
import type { OwnFileActs } from '../../usecases/files/own-file.ts';
import type { AnswerSave } from './saving.ts';
import type { OwnFileView } from '../send/card-views.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerFileActionDeps {
  readonly ownFile: OwnFileActs;
  readonly offerOwnFile: OfferOwnFile;
  readonly answerSave: AnswerSave;
  readonly ownFileView: OwnFileView;
}

export type AnswerFileAction = (
  turn: PersonsTurn,
  verb: OwnFileVerb,
  fileId: string,
) => Promise<Card | string>;

export function createAnswerFileAction(deps: AnswerFileActionDeps): AnswerFileAction {
  return async function answerFileAction(turn, verb, fileId) {
    switch (verb) {
      case 'showFile':
        return show(deps, turn, await deps.ownFile.show({ requester: turn.requester, fileId }));
      case 'readFileAgain':
        return show(deps, turn, await deps.ownFile.readAgain({ requester: turn.requester, fileId }));
      case 'fileChanges':
        return changes(await deps.ownFile.show({ requester: turn.requester, fileId }), fileId);
      case 'downloadFile':
        return download(deps, turn, fileId);
      case 'saveFileWorkbook':
      case 'saveFileSpreadsheetCsv':
      case 'saveFileOriginal':
        return deps.answerSave(turn, { kind: 'ownFile', id: fileId }, formats[verb]);
    }
  };
}

const formats = {
  saveFileWorkbook: 'workbook',
  saveFileSpreadsheetCsv: 'spreadsheetCsv',
  saveFileOriginal: 'original',
} as const satisfies Readonly<Record<string, FileFormat>>;

type Outcome = Awaited<ReturnType<OwnFileActs['show']>>;

const show = (
  { ownFileView }: AnswerFileActionDeps,
  { conversation }: PersonsTurn,
  outcome: Outcome,
): Card | string =>
  outcome.kind === 'notFound'
    ? fileGoneText()
    : ownFileView(outcome.file, conversation, { reading: outcome.reading });

function changes(outcome: Outcome, fileId: string): Card | string {
  if (outcome.kind === 'notFound') return fileGoneText();
  const found = outcome.reading?.changes;
  if (found === undefined) return noChangesText();
  const back = ownFileButton('showFile', fileId, { title: 'Back' });
  return allChangesCard({ changes: found, name: 'Your file', back });
}

async function download(
  { ownFile, offerOwnFile, ownFileView }: AnswerFileActionDeps,
  { requester, conversation }: PersonsTurn,
  fileId: string,
): Promise<Card | string> {
  const offer = await offerOwnFile({ requester, fileId });
  if (offer.kind !== 'link') return fileGoneText();
  const owned = await ownFile.show({ requester, fileId });
  const reading = owned.kind === 'own' ? owned.reading : undefined;
  return ownFileView(offer.file, conversation, { reading, download: offer });
}
