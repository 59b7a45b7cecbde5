/** Says how the names are kept that people give to everybody in a group or channel. */
import type { Person } from '../domain/exports/export-job.ts';
import type { SharedName } from '../domain/exports/shared-name.ts';
import type { Conversation } from './conversation.ts';

/** The message of ours that says so; a later message of the person may stand in another thread. */
interface NameCard {
  readonly conversation: Conversation;
  readonly activityId: string;
}

export type KeptSharedName = SharedName & { readonly card?: NameCard };

/** A channel's names are those of all its threads. They go with their giver's data, and with the conversation. */
export interface SharedNames {
  /** The newest first. */
  readonly of: (
    place: Pick<Conversation, 'tenantId' | 'conversationId'>,
  ) => Promise<readonly KeptSharedName[]>;
  /** Those that this person gave, anywhere. */
  readonly by: (giver: Person) => Promise<readonly KeptSharedName[]>;
  readonly find: (tenantId: string, id: string) => Promise<KeptSharedName | undefined>;
  /** Until the transaction ends nobody else changes those of the place. */
  readonly lock: (place: Pick<Conversation, 'tenantId' | 'conversationId'>) => Promise<void>;
  readonly give: (conversation: Conversation, name: SharedName, activityId?: string) => Promise<void>;
  /** The same under another name; nothing where there is none. */
  readonly rename: (name: SharedName) => Promise<void>;
  readonly forget: (tenantId: string, id: string) => Promise<void>;
}
