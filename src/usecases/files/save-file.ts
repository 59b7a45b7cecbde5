/** Uploads an accepted file to somebody's OneDrive and tells them how that went. */
import type { SaveFailure, Message, Messenger } from '../../ports/messenger.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Drive, SaveOffer, UploadOutcome, UploadTarget } from '../../ports/saved-files.ts';
import type { Advance } from '../machine/advance.ts';
import type { Subject } from './subject.ts';
import { findSubject } from './subject.ts';
import type { HandedOver, HandOverDeps } from './hand-over.ts';
import { handOver } from './hand-over.ts';
import type { FileWorker } from './work-on-file.ts';

export interface SaveFileDeps extends HandOverDeps {
  readonly stores: Pick<Stores, 'exports' | 'ownFiles' | 'readings' | 'saveOffers'>;
  readonly drive: Drive;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly advance: Advance;
}

const maxAttempts = 3;

export const createSaveFile = (deps: SaveFileDeps): FileWorker => ({
  run: async (offerId) => {
    const accepted = await deps.stores.saveOffers.accepted(offerId);
    if (accepted === undefined) return;
    await tell(deps, accepted.offer, accepted.target, await save(deps, accepted.offer, accepted.target));
  },
  crashed: async (offerId) => {
    const accepted = await deps.stores.saveOffers.accepted(offerId);
    if (accepted !== undefined) await tell(deps, accepted.offer, accepted.target, 'unavailable');
  },
});

/** Told before it is settled: a crash in between tells again, which is better than silence. */
async function tell(
  deps: SaveFileDeps,
  { id, conversation, source, format }: SaveOffer,
  target: UploadTarget,
  outcome: SaveFailure | 'saved',
): Promise<void> {
  const message: Message =
    outcome === 'saved' ? { kind: 'saved', target } : { kind: 'notSaved', why: outcome, source, format };
  const sent = await deps.messenger.post(conversation, message);
  if (sent.kind !== 'sent') deps.log.warn({ outcome, sent: sent.kind }, 'nobody was told of a saved file');
  await deps.stores.saveOffers.settle(id);
}

async function save(
  deps: SaveFileDeps,
  { person, source, format }: SaveOffer,
  { uploadUrl }: UploadTarget,
): Promise<SaveFailure | 'saved'> {
  const subject = await findSubject(deps, person, source);
  if (subject === undefined) return 'noFile';
  for (let attempt = 1; ; attempt += 1) {
    const handed = await handOver(deps, subject, format);
    if (handed.kind === 'failed') return notHanded(deps, subject, handed);
    const length = handed.length ?? (await lengthOf(handed.stream));
    // Counting has used up the stream.
    const file = handed.length === undefined ? await handOver(deps, subject, format) : handed;
    if (file.kind === 'failed') return notHanded(deps, subject, file);
    const { kind } = await deps.drive.upload(uploadUrl, { stream: file.stream, length });
    if (!isWorthRetrying(kind) || attempt === maxAttempts) return kind;
  }
}

const isWorthRetrying = (kind: UploadOutcome['kind']): boolean => kind === 'unavailable';

async function notHanded(
  deps: SaveFileDeps,
  subject: Subject,
  { event }: Extract<HandedOver, { kind: 'failed' }>,
): Promise<SaveFailure> {
  if (subject.kind === 'export' && event !== undefined) await deps.advance(subject.job.id, event);
  return 'noFile';
}

/** Rejects when the file breaks off: the queue then retries the work. */
async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of stream) bytes += piece.length;
  return bytes;
}
