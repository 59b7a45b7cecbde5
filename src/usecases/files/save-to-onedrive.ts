/** Offers to save a file to somebody's OneDrive, and takes their answer. */
import type { Person, Requester } from '../../domain/exports/export-job.ts';
import type { FileFormat, FileSource } from '../../domain/okrs/file/okr-file.ts';
import type { Conversation } from '../../ports/conversation.ts';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Chance, Clock, Stores, Transact } from '../../ports/runtime.ts';
import type { UploadTarget } from '../../ports/saved-files.ts';
import { nameOf, findSubject } from './subject.ts';
import type { Subject } from './subject.ts';

export interface SaveToOneDriveDeps {
  readonly stores: Pick<Stores, 'exports' | 'ownFiles' | 'readings' | 'saveOffers'>;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newSecret'>;
}

export type OfferSave = (given: {
  readonly requester: Requester;
  /** A personal chat: Teams asks for consent nowhere else. */
  readonly conversation: Conversation;
  readonly source: FileSource;
  readonly format: FileFormat;
}) => Promise<
  /** `offerId` is all that the consent card carries; `bytes` is an estimate where the file is yet to be made. */
  | { readonly kind: 'offer'; readonly offerId: string; readonly fileName: string; readonly bytes: number }
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
    | { readonly kind: 'declined'; readonly source: FileSource; readonly format: FileFormat }
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
      return { kind: 'declined', source: found.source, format: found.format };
    }),
});

async function queueRemoval(queue: WorkQueue, question: Question | undefined, now: Date): Promise<void> {
  if (question === undefined) return;
  const { conversation, activityId } = question;
  await queue.scheduleTask({ kind: 'removeMessage', conversation, activityId }, now);
}

async function offer(
  deps: SaveToOneDriveDeps,
  { requester, conversation, source, format }: Parameters<OfferSave>[0],
): ReturnType<OfferSave> {
  const subject = await findSubject(deps, requester, source);
  if (subject === undefined) return { kind: 'notFound' };
  if (!canBeHad(subject, deps.clock.now())) return { kind: 'notReady' };
  const offerId = deps.chance.newSecret();
  await deps.stores.saveOffers.make({ id: offerId, person: requester, conversation, source, format });
  const fileName = nameOf(subject, deps.clock.now(), format);
  return { kind: 'offer', offerId, fileName, bytes: await bytesOf(deps, requester, subject, source) };
}

const canBeHad = (subject: Subject, now: Date): boolean =>
  subject.kind === 'export'
    ? subject.job.state.status === 'ready'
    : subject.file.keptUntil !== undefined && subject.file.keptUntil > now;

async function bytesOf(
  { stores }: SaveToOneDriveDeps,
  person: Person,
  subject: Subject,
  source: FileSource,
): Promise<number> {
  const known =
    subject.kind === 'ownFile'
      ? subject.file.size
      : subject.job.state.status === 'ready'
        ? subject.job.state.size
        : undefined;
  return known ?? (await stores.readings.find(person, source))?.bytes ?? unknownBytes;
}

/** Teams wants a number above 0. */
const unknownBytes = 1000;
