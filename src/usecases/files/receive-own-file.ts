/** Answers for a file that somebody sends: kept as a wish before the turn is answered, fetched at once after it. */
import type { Requester } from '../../domain/exports/export-job.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { AttachedFile } from '../../ports/own-files.ts';
import type { Background, Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { Limit, Limits } from '../machine/limits.ts';
import { day } from '../machine/limits.ts';
import type { ShowOwnFile } from '../cards/show-own-file.ts';

export interface ReceiveOwnFileDeps {
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly background: Background;
  readonly showOwnFile: ShowOwnFile;
  readonly limits: Limits;
}

/** A card is posted for each file, in the background. */
export type ReceiveOutcome =
  | { readonly kind: 'received'; readonly fileIds: readonly string[] }
  /** The activity was delivered before. */
  | { readonly kind: 'alreadyReceived' }
  | { readonly kind: 'limitReached'; readonly limit: Limit; readonly most: number };

interface Sent {
  readonly requester: Requester;
  /** A personal chat: bots get no files elsewhere. */
  readonly conversation: Conversation;
  readonly activityId: string;
  readonly files: readonly AttachedFile[];
}

export type ReceiveOwnFile = (given: Sent) => Promise<ReceiveOutcome>;

export function createReceiveOwnFile(deps: ReceiveOwnFileDeps): ReceiveOwnFile {
  return async function receiveOwnFile(sent) {
    const outcome = await deps.transact((stores) => receive(deps, stores, sent));
    if (outcome.kind === 'received')
      for (const id of outcome.fileIds) deps.background.run('show an own file', () => deps.showOwnFile(id));
    return outcome;
  };
}

async function receive(deps: ReceiveOwnFileDeps, stores: Stores, sent: Sent): Promise<ReceiveOutcome> {
  const { requester, conversation, activityId, files } = sent;
  const { tenantId, conversationId } = conversation;
  // The lock keeps many deliveries at once from passing the limit together.
  await stores.exports.lockCounts(requester.tenantId);
  const now = deps.clock.now();
  const since = new Date(now.getTime() - day);
  const sinceYesterday =
    (await stores.ownFiles.countSince(requester, since)) +
    (await stores.personalData.countErased(requester, 'files', since));
  const most = deps.limits.dailyPerUser;
  const isFirst = await stores.inbound.firstTime(tenantId, conversationId, `files of ${activityId}`);
  if (!isFirst) return { kind: 'alreadyReceived' };
  if (sinceYesterday + files.length > most) return { kind: 'limitReached', limit: 'dailyPerUser', most };
  const fileIds: string[] = [];
  for (const attached of files) {
    const file = newFile(deps.chance.newId(), requester, attached, now);
    await stores.ownFiles.add(file, conversation, attached);
    await stores.queue.scheduleFileWork({ kind: 'readOwnFile', id: file.id }, now);
    fileIds.push(file.id);
  }
  return { kind: 'received', fileIds };
}

const newFile = (id: string, owner: Requester, { name }: AttachedFile, now: Date): OwnFile => ({
  id,
  owner,
  name: name.slice(0, longestName),
  receivedAt: now,
  state: { status: 'received' },
  version: 1,
});

/** The drive takes no longer ones. */
const longestName = 400;
