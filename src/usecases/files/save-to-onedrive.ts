/** Saves a file to somebody's OneDrive: offers it, takes their answer, uploads it, and tells them how that went. */
import type { Person, Requester } from '../../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Message, Messenger, SendOutcome } from '../../ports/messenger.ts';
import type { QueuedTask } from '../../ports/queued-tasks.ts';
import type { Chance, Log, Stores, Transact } from '../../ports/runtime.ts';
import type { Drive, SaveFailure, SaveOffer, UploadTarget } from '../../ports/people-files.ts';
import type { Advance } from '../machine/advance.ts';
import { handOver, type HandOverDeps } from './hand-over.ts';
import { findSubject } from './subject-kinds.ts';
import type { NotHandedOver, Subject } from './subject.ts';
import type { FileWorker } from './work-on-file.ts';

export interface SaveToOneDriveDeps extends HandOverDeps {
  readonly stores: Pick<Stores, 'exports' | 'ownFiles' | 'readings' | 'saveOffers' | 'targetNames'>;
  readonly transact: Transact;
  readonly chance: Pick<Chance, 'newSecret'>;
  readonly drive: Drive;
  readonly advance: Advance;
}

export type OfferSave = (given: {
  readonly requester: Requester;
  /** A personal chat: Teams asks for consent nowhere else. */
  readonly conversation: Conversation;
  readonly subject: SubjectRef;
  readonly format: FileFormat;
}) => Promise<
  /** `offerId` is all that the consent card carries; `bytes` is an estimate where the file is yet to be made. */
  | { readonly kind: 'offer'; readonly offerId: string; readonly fileName: string; readonly bytes: number }
  /** The same question stands open already. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'notReady' | 'notFound' }
>;

/** The message that asked: answered once, it must not be answered again. */
export interface Question {
  readonly conversation: Conversation;
  readonly activityId: string;
}

export interface SaveToOneDrive {
  readonly offer: OfferSave;
  /** Answers as soon as it is committed; a `saved` or `notSaved` message follows. `notFound`: not this person's, or settled. */
  readonly accept: (given: {
    readonly requester: Person;
    readonly offerId: string;
    readonly target: UploadTarget;
    readonly question?: Question;
  }) => Promise<'accepted' | 'alreadyAccepted' | 'notFound'>;
  /** `notFound`: not this person's, or settled. What was offered tells which way to offer next. */
  readonly decline: (given: {
    readonly requester: Person;
    readonly offerId: string;
    readonly question?: Question;
  }) => Promise<
    | { readonly kind: 'declined'; readonly subject: SubjectRef; readonly format: FileFormat }
    | { readonly kind: 'notFound' }
  >;
}

export const createSaveToOneDrive = (deps: SaveToOneDriveDeps): SaveToOneDrive => ({
  offer: (given) => offer(deps, given),
  accept: ({ requester, offerId: id, target, question }) =>
    deps.transact(async ({ saveOffers, queue }) => {
      await queueRemoval(queue, question, deps.clock.now());
      if ((await saveOffers.findOwn(requester, id)) === undefined) return 'notFound';
      if (!(await saveOffers.accept(requester, id, target))) return 'alreadyAccepted';
      await queue.scheduleFileWork({ kind: 'save', id }, deps.clock.now());
      return 'accepted';
    }),
  decline: ({ requester, offerId, question }) =>
    deps.transact(async ({ saveOffers, queue }) => {
      await queueRemoval(queue, question, deps.clock.now());
      const found = await saveOffers.findOwn(requester, offerId);
      if (found === undefined) return { kind: 'notFound' };
      await saveOffers.settle(offerId);
      return { kind: 'declined', subject: found.subject, format: found.format };
    }),
});

async function queueRemoval(queue: WorkQueue, question: Question | undefined, now: Date): Promise<void> {
  if (question === undefined) return;
  const { conversation, activityId } = question;
  await queue.scheduleTask({ kind: 'removeMessage', conversation, activityId }, now);
}

async function offer(
  deps: SaveToOneDriveDeps,
  { requester, conversation, subject, format }: Parameters<OfferSave>[0],
): ReturnType<OfferSave> {
  const found = await findSubject(deps, requester, subject);
  if (found === undefined) return { kind: 'notFound' };
  if (!found.isThere(deps.clock.now())) return { kind: 'notReady' };
  const offerId = deps.chance.newSecret();
  const made = { id: offerId, person: requester, conversation, subject, format };
  if (!(await deps.transact(({ saveOffers }) => saveOffers.make(made)))) return { kind: 'asked' };
  const fileName = found.fileName(deps, deps.clock.now(), format);
  return { kind: 'offer', offerId, fileName, bytes: await bytesOf(deps, found) };
}

async function bytesOf({ stores }: SaveToOneDriveDeps, subject: Subject): Promise<number> {
  const { size, owner, ref } = subject;
  return size ?? (await stores.readings.find(owner, ref))?.bytes ?? unknownBytes;
}

/** Teams wants a number above 0. */
const unknownBytes = 1000;

const maxAttempts = 3;

export const createSaveFile = (deps: SaveToOneDriveDeps): FileWorker => ({
  run: async (offerId) => {
    const accepted = await deps.stores.saveOffers.accepted(offerId);
    if (accepted === undefined) return;
    await queueTelling(deps, accepted.offer, await save(deps, accepted.offer, accepted.target));
  },
  crashed: async (offerId) => {
    const accepted = await deps.stores.saveOffers.accepted(offerId);
    if (accepted !== undefined) await queueTelling(deps, accepted.offer, 'unavailable');
  },
});

/** Teams may be too busy for the message just now, and nobody uploads the file again for that. */
async function queueTelling(
  { stores, transact, clock }: SaveToOneDriveDeps,
  { id, person, subject, format }: SaveOffer,
  outcome: SaveFailure | 'saved',
): Promise<void> {
  const { tenantId, userId } = person;
  const found = await findSubject({ stores }, person, subject);
  const about = { tenantId, userId, at: clock.now(), ...(found?.audited ?? { subject: subject.id }) };
  const came = outcome === 'saved' ? format : `failed: ${outcome}`;
  await transact(async ({ queue, audit }) => {
    await queue.scheduleTask({ kind: 'tellSaved', tenantId, offerId: id, outcome }, clock.now());
    // Uploaded again where the process died before it was told: it is one answer to one offer.
    await audit.record({ ...about, event: 'fileSaved', outcome: came, once: `saved ${id}` });
  });
}

type SavedTask = Extract<QueuedTask, { readonly kind: 'tellSaved' }>;

/** Undefined when they were told already. */
export type TellSaved = (task: SavedTask) => Promise<SendOutcome | undefined>;

export interface TellSavedDeps {
  readonly stores: Pick<Stores, 'saveOffers'>;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly log: Log;
}

/** Told before it is settled: a crash in between tells again, which is better than silence. */
export function createTellSaved({ stores, messenger, log }: TellSavedDeps): TellSaved {
  return async function tellSaved({ offerId, outcome }) {
    const accepted = await stores.saveOffers.accepted(offerId);
    if (accepted === undefined) return undefined;
    const sent = await messenger.post(accepted.offer.conversation, messageOf(accepted, outcome));
    if (sent.kind === 'busy') return sent;
    if (sent.kind !== 'sent') log.warn({ outcome, sent: sent.kind }, 'nobody was told of a saved file');
    await stores.saveOffers.settle(offerId);
    return sent;
  };
}

function messageOf(
  { offer, target }: { readonly offer: SaveOffer; readonly target: UploadTarget },
  outcome: SavedTask['outcome'],
): Message {
  const { person, subject, format } = offer;
  const locale = present({ locale: person.locale });
  return outcome === 'saved'
    ? { kind: 'saved', target, ...locale }
    : { kind: 'notSaved', why: outcome, subject, format, ...locale };
}

async function save(
  deps: SaveToOneDriveDeps,
  { person, subject: ref, format }: SaveOffer,
  { uploadUrl }: UploadTarget,
): Promise<SaveFailure | 'saved'> {
  const subject = await findSubject(deps, person, ref);
  if (subject === undefined) return 'noFile';
  for (let attempt = 1; ; attempt += 1) {
    const handed = await handOver(deps, subject, format);
    if (handed.kind === 'failed') return notHanded(deps, subject, handed);
    const length = handed.length ?? (await lengthOf(handed.stream));
    // Counting has used up the stream.
    const file = handed.length === undefined ? await handOver(deps, subject, format) : handed;
    if (file.kind === 'failed') return notHanded(deps, subject, file);
    const { kind } = await deps.drive.upload(uploadUrl, { stream: file.stream, length });
    if (kind !== 'unavailable' || attempt === maxAttempts) return kind;
  }
}

async function notHanded(
  deps: SaveToOneDriveDeps,
  subject: Subject,
  { event }: NotHandedOver,
): Promise<SaveFailure> {
  await subject.learn(deps, event);
  return 'noFile';
}

/** Rejects when the file breaks off: the queue then retries the work. */
async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of stream) bytes += piece.length;
  return bytes;
}
