/** Answers for a file that somebody sends: kept as a wish before the turn is answered, fetched at once after it. */
import type { Requester } from '../domain/exports/export-job.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { AttachedFile } from '../ports/own-files.ts';
import type { Limit } from './limits.ts';

/** A card is posted for each file, in the background. */
export type ReceiveOutcome =
  | { readonly kind: 'received'; readonly fileIds: readonly string[] }
  /** The activity was delivered before. */
  | { readonly kind: 'alreadyReceived' }
  | { readonly kind: 'limitReached'; readonly limit: Limit; readonly most: number };

export type ReceiveOwnFile = (given: {
  readonly requester: Requester;
  /** A personal chat: bots get no files elsewhere. */
  readonly conversation: Conversation;
  readonly activityId: string;
  readonly files: readonly AttachedFile[];
}) => Promise<ReceiveOutcome>;
