/** Answers about a file of the presser's own: its card, its bytes, its changes. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import type { OfferDownload } from '../../usecases/files/download-export.ts';
import type { OwnFileActs } from '../../usecases/files/own-file.ts';
import type { PersonsTurn } from '../receive/turn.ts';
import type { OwnFileView } from '../send/card-views.ts';
import type { SubjectAnswers } from './subject-answers.ts';

export interface OwnFileAnswersDeps {
  readonly ownFile: OwnFileActs;
  readonly offerDownload: OfferDownload;
  readonly ownFileView: OwnFileView;
}

export const createOwnFileAnswers = (deps: OwnFileAnswersDeps): SubjectAnswers => ({
  show: (turn, fileId) => act(deps, turn, 'show', fileId),
  readAgain: (turn, fileId) => act(deps, turn, 'readAgain', fileId),
  download: async ({ requester, conversation, words }, fileId) => {
    const offer = await deps.offerDownload({ requester, subject: { kind: 'ownFile', id: fileId } });
    const owned = await deps.ownFile.show({ requester, fileId });
    if (offer.kind !== 'link' || owned.kind === 'notFound') return words.answers.fileGone;
    return deps.ownFileView(words, owned.file, conversation, { reading: owned.reading, download: offer });
  },
  changes: async ({ requester, words }, fileId) => {
    const owned = await deps.ownFile.show({ requester, fileId });
    return owned.kind === 'own'
      ? { name: words.answers.yourFile, changes: owned.reading?.changes }
      : undefined;
  },
  notFound: ({ words }) => Promise.resolve(words.answers.fileGone),
});

async function act(
  { ownFile, ownFileView }: OwnFileAnswersDeps,
  { requester, conversation, words }: PersonsTurn,
  useCase: keyof OwnFileActs,
  fileId: string,
): Promise<Card | string> {
  const outcome = await ownFile[useCase]({ requester, fileId });
  return outcome.kind === 'notFound'
    ? words.answers.fileGone
    : ownFileView(words, outcome.file, conversation, { reading: outcome.reading });
}
