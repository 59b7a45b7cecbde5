/**
 * Receives files that people send: each gets a card that follows it, or a line that says why not. Source: "Send and receive files
 * from your bot", Message activity with files.
 */
import * as z from 'zod';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { limitCard } from '../../cards/talk/not-done-cards.ts';
import { leftOutFilesCard, unreadableFilesCard } from '../../cards/own-file/sent-files-card.ts';
import type { OwnFileLimits } from '../../domain/own-files/own-file.ts';
import type { AttachedFile } from '../../ports/people-files.ts';
import type { ReceiveOutcome, ReceiveOwnFile } from '../../usecases/files/own-file.ts';
import type { PersonsTurn, InboundActivity } from '../receive/turn.ts';

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
    const { requester, conversation, activity, words } = turn;
    const sent = readSentFiles(activity);
    const { taken: files } = sent;
    if (files.length + sent.otherKinds.length === 0) return undefined;
    if (conversation.kind !== 'personal') return { answers: [words.answers.filesInPersonalChat] };
    const outcome =
      files.length > 0 && activity.id !== undefined
        ? await deps.receiveOwnFile({ requester, conversation, activityId: activity.id, files })
        : undefined;
    return { answers: answersTo(deps, turn, sent, outcome) };
  };
}

function answersTo(
  { fileLimits }: OnSentFilesDeps,
  { words }: PersonsTurn,
  { otherKinds, leftOut }: SentFiles,
  outcome: ReceiveOutcome | undefined,
): readonly Card[] {
  const answers: Card[] = [];
  if (otherKinds.length > 0) answers.push(unreadableFilesCard(words, otherKinds, fileLimits));
  if (outcome?.kind === 'limitReached') answers.push(limitCard(words, outcome.limit, outcome.max, 'file'));
  else if (leftOut.length > 0) answers.push(leftOutFilesCard(words, leftOut, maxFilesInOneMessage));
  return answers;
}

interface SentFiles {
  /** To be fetched and looked into; at most five. */
  readonly taken: readonly AttachedFile[];
  /** Names of those beyond the fifth. */
  readonly leftOut: readonly string[];
  /** Names of those that are no table, by their ending. */
  readonly otherKinds: readonly string[];
}

const maxFilesInOneMessage = 5;

const download = z.object({
  downloadUrl: z.url().max(4096),
  fileType: z.string().optional().catch(undefined),
});

/** Others are not worth fetching; what these hold is found out by looking. */
const mayBeTables: ReadonlySet<string> = new Set(['csv', 'xlsx', 'xlsm', 'txt', 'tsv', '']);
const maxNameLength = 255;

/** Which ones may be exports, and which ones certainly are not. */
export function readSentFiles({ attachments = [] }: InboundActivity): SentFiles {
  const sent = attachments.flatMap((attachment) => {
    if (attachment?.contentType !== 'application/vnd.microsoft.teams.file.download.info') return [];
    const name = (attachment.name ?? '').slice(0, maxNameLength).trim();
    const content = download.safeParse(attachment.content);
    return [{ name: name === '' ? 'file' : name, content: content.success ? content.data : undefined }];
  });
  const tables = sent.flatMap(({ name, content }) =>
    content !== undefined && mayBeTables.has(endingOf(name, content.fileType))
      ? [{ name, downloadUrl: content.downloadUrl }]
      : [],
  );
  const names = new Set(tables.map(({ name }) => name));
  return {
    taken: tables.slice(0, maxFilesInOneMessage),
    leftOut: tables.slice(maxFilesInOneMessage).map(({ name }) => name),
    otherKinds: sent.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

const endingOf = (name: string, fileType: string | undefined): string =>
  (fileType ?? /\.([^.]{1,8})$/.exec(name)?.[1] ?? '').toLowerCase();
