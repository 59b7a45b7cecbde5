/** Answers for saving a file to somebody's OneDrive: offered, accepted once, then worked on until it is there or told why not. */
import type { Person, Requester } from '../domain/exports/export-job.ts';
import type { FileFormat } from '../domain/okrs/file-format.ts';
import type { FileSource } from '../domain/okrs/file-source.ts';
import type { Conversation } from '../ports/conversation.ts';
import type { UploadTarget } from '../ports/saved-files.ts';

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

export interface SaveToOneDrive {
  readonly offer: OfferSave;
  /** Answers as soon as it is committed; a `saved` or `notSaved` message follows. `notFound`: not this person's, or settled. */
  readonly accept: (given: {
    readonly requester: Person;
    readonly offerId: string;
    readonly target: UploadTarget;
  }) => Promise<'accepted' | 'alreadyAccepted' | 'notFound'>;
  /** `notFound`: not this person's, or settled. What was offered tells which way to offer next. */
  readonly decline: (given: {
    readonly requester: Person;
    readonly offerId: string;
  }) => Promise<
    | { readonly kind: 'declined'; readonly source: FileSource; readonly format: FileFormat }
    | { readonly kind: 'notFound' }
  >;
}
