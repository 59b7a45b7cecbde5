/** Receives files that people send: each gets a card that follows it, or a line that says why not. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { limitCard } from '../../cards/talk/refusal-cards.ts';
import type { OwnFileLimits } from '../../cards/own-file/sent-files-card.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../cards/own-file/sent-files-card.ts';
import { filesInPersonalChatText } from '../../cards/talk/short-answers.ts';
import type { ReceiveOutcome, ReceiveOwnFile } from '../../usecases/files/own-file.ts';
import type { SentFiles } from '../receive/sent-files.ts';
import { maxFilesInOneMessage, readSentFiles } from '../receive/sent-files.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface OnSentFilesDeps {
  readonly receiveOwnFile: ReceiveOwnFile;
  readonly fileLimits: OwnFileLimits;
}

/**
 * Undefined when the message brought no files. Received before the message counts as heard: files deduplicate by themselves,
 * and a process that claims a message and dies must not silence it. The answer is for the first time only.
 */
export type OnSentFiles = (
  turn: PersonsTurn,
) => Promise<{ readonly answers: readonly (Card | string)[] } | undefined>;

export function onSentFiles(deps: OnSentFilesDeps): OnSentFiles {
  return async function handleSentFiles(turn) {
    const { requester, conversation, activity } = turn;
    const sent = readSentFiles(activity);
    const { taken: files } = sent;
    if (files.length + sent.otherKinds.length === 0) return undefined;
    if (conversation.kind !== 'personal') return { answers: [filesInPersonalChatText()] };
    const outcome =
      files.length > 0 && activity.id !== undefined
        ? await deps.receiveOwnFile({ requester, conversation, activityId: activity.id, files })
        : undefined;
    return { answers: answersTo(deps, sent, outcome) };
  };
}

function answersTo(
  { fileLimits }: OnSentFilesDeps,
  { otherKinds, leftOut }: SentFiles,
  outcome: ReceiveOutcome | undefined,
): readonly Card[] {
  const answers: Card[] = [];
  if (otherKinds.length > 0) answers.push(unreadableFilesCard(otherKinds, fileLimits));
  if (outcome?.kind === 'limitReached') answers.push(limitCard(outcome.limit, outcome.max, 'file'));
  else if (leftOut.length > 0) answers.push(leftOutFilesCard(leftOut, maxFilesInOneMessage));
  return answers;
}
