/** Does what a person asks of a file of their own: takes it in, shows it, reads it again. */
import type { Person, Requester } from '../../domain/exports/export-job.ts';
import type { OwnFile } from '../../domain/own-files/own-file.ts';
import { present } from '../../domain/present.ts';
import type { Reading } from '../../ports/readings.ts';
import type { Background, Clock, Stores, Transact, Chance } from '../../ports/runtime.ts';
import type { ShowOwnFile } from '../cards/show-own-file.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { AttachedFile } from '../../ports/people-files.ts';
import type { Limit, Limits } from '../machine/limits.ts';
import { day } from '../machine/limits.ts';

export interface OwnFileDeps {
  readonly stores: Pick<Stores, 'ownFiles' | 'readings'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly background: Background;
  readonly showOwnFile: ShowOwnFile;
}

type OwnFileOutcome =
  | { readonly kind: 'own'; readonly file: OwnFile; readonly reading?: Reading }
  | { readonly kind: 'notFound' };

/** "Not yours" and "not there" are the same answer. */
type ActOnFile = (act: { readonly requester: Person; readonly fileId: string }) => Promise<OwnFileOutcome>;

export interface OwnFileActs {
  readonly show: ActOnFile;
  /** Reads it once more where that may help: its card follows. */
  readonly readAgain: ActOnFile;
}

export const createOwnFile = (deps: OwnFileDeps): OwnFileActs => ({
  show: async ({ requester, fileId }) => {
    const file = await deps.stores.ownFiles.loadOwn(requester, fileId);
    return file === undefined ? { kind: 'notFound' } : tell(deps, file);
  },
  readAgain: async ({ requester, fileId }) => {
    const file = await deps.stores.ownFiles.loadOwn(requester, fileId);
    if (file === undefined) return { kind: 'notFound' };
    if (!isWorthReadingAgain(file, deps.clock.now())) return tell(deps, file);
    return readAgain(deps, file);
  },
});

/** Only when the file itself was not to blame, and while its bytes are kept. */
const isWorthReadingAgain = ({ state, keptUntil }: OwnFile, now: Date): boolean =>
  state.status === 'unread' &&
  ['crashed', 'later', 'noRoom', 'tookTooLong'].includes(state.why) &&
  keptUntil !== undefined &&
  keptUntil > now;

async function readAgain(deps: OwnFileDeps, file: OwnFile): Promise<OwnFileOutcome> {
  const next: OwnFile = { ...file, state: { status: 'reading' }, version: file.version + 1 };
  const saved = await deps.transact(async ({ ownFiles, queue }) => {
    const outcome = await ownFiles.save(next);
    if (outcome === 'saved')
      await queue.scheduleFileWork({ kind: 'readOwnFile', id: file.id }, deps.clock.now());
    return outcome;
  });
  if (saved === 'overtaken') return tell(deps, file);
  deps.background.run('show an own file', () => deps.showOwnFile(file.id));
  return { kind: 'own', file: next };
}

async function tell({ stores }: OwnFileDeps, file: OwnFile): Promise<OwnFileOutcome> {
  const isRead = file.state.status === 'read';
  const subject = { kind: 'ownFile', id: file.id } as const;
  const reading = isRead ? await stores.readings.find(file.owner, subject) : undefined;
  return { kind: 'own', file, ...present({ reading }) };
}

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
  | { readonly kind: 'limitReached'; readonly limit: Limit; readonly max: number };

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
  // So that concurrent deliveries cannot pass the limit together.
  await stores.exports.lockCounts(requester.tenantId);
  const now = deps.clock.now();
  const since = new Date(now.getTime() - day);
  const sinceYesterday =
    (await stores.ownFiles.countSince(requester, since)) +
    (await stores.personalData.countErased(requester, 'files', since));
  const underWay = await stores.ownFiles.countUnderWay(requester);
  const { dailyPerUser, openPerUser } = deps.limits;
  const isFirst = await stores.inbound.firstTime(tenantId, conversationId, `files of ${activityId}`);
  if (!isFirst) return { kind: 'alreadyReceived' };
  if (sinceYesterday + files.length > dailyPerUser)
    return { kind: 'limitReached', limit: 'dailyPerUser', max: dailyPerUser };
  // What one message brings is taken together.
  if (underWay > 0 && underWay + files.length > openPerUser)
    return { kind: 'limitReached', limit: 'openPerUser', max: openPerUser };
  const fileIds: string[] = [];
  for (const attached of files) {
    const file = newFile(deps.chance.newId(), requester, attached, now);
    await stores.ownFiles.add(file, conversation, attached);
    const subject = { kind: 'ownFile', id: file.id } as const;
    await stores.cards.add({ id: deps.chance.newId(), subject, conversation, placedAt: now });
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

/** OneDrive's limit. */
const longestName = 400;
