/** Puts the name that a person has given to a target beside their exports of it, where they alone are told. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { nameOf } from '../../domain/exports/target-name.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { Message, Messenger } from '../../ports/messenger.ts';
import type { Stores } from '../../ports/runtime.ts';

export interface NamedDeps {
  readonly stores: Pick<Stores, 'targetNames'>;
}

export const named = async ({ stores }: NamedDeps, job: ExportJob): Promise<ExportJob> => {
  const name = nameOf(await stores.targetNames.of(job.requester), job.target);
  return { ...job, ...present({ name }) };
};

/** In a personal chat, whatever is said of an export calls it as its person does; others never read their names. */
export function createNamingMessenger(deps: NamedDeps, messenger: Messenger): Messenger {
  return {
    ...messenger,
    post: async (conversation, message, mayGo) =>
      messenger.post(conversation, await inTheirWords(deps, conversation, message), mayGo),
    update: async (conversation, activityId, message) =>
      messenger.update(conversation, activityId, await inTheirWords(deps, conversation, message)),
  };
}

const inTheirWords = async (deps: NamedDeps, { kind }: Conversation, message: Message): Promise<Message> =>
  kind === 'personal' && 'job' in message && !('isUnnamed' in message && message.isUnnamed)
    ? { ...message, job: await named(deps, message.job) }
    : message;
