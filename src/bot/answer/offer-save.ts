/** Answers for *Save to OneDrive*: Teams' own question to the person, where Teams has one. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { notFoundCard } from '../../cards/talk/not-found-card.ts';
import { cannotSaveText, savingText } from '../../cards/talk/short-answers.ts';
import type { FileFormat } from '../../domain/okrs/file/file-format.ts';
import type { FileSource } from '../../domain/okrs/file/file-source.ts';
import type { OfferSave } from '../../usecases/files/save-to-onedrive.ts';
import { canSaveFrom, consentActivity } from '../send/file-activities.ts';
import type { Reply } from '../send/replies.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface AnswerSaveDeps {
  readonly offerSave: OfferSave;
  readonly reply: Reply;
}

/** A line for the person; the question comes as a message of its own. */
export type AnswerSave = (
  turn: PersonsTurn,
  source: FileSource,
  format: FileFormat,
) => Promise<Card | string>;

export function createAnswerSave({ offerSave, reply }: AnswerSaveDeps): AnswerSave {
  return async function answerSave({ requester, conversation }, source, format) {
    if (conversation.kind !== 'personal') return cannotSaveText('notHere');
    if (!canSaveFrom(conversation)) return cannotSaveText('government');
    const offer = await offerSave({ requester, conversation, source, format });
    switch (offer.kind) {
      case 'offer':
        reply(conversation, consentActivity(offer));
        return savingText();
      case 'notReady':
        return cannotSaveText('notReady');
      case 'notFound':
        return source.kind === 'export' ? notFoundCard(source.id, false) : cannotSaveText('gone');
    }
  };
}
