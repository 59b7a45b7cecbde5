/** Says how files get to and from a person's OneDrive: what was offered and accepted, and what the drive answers. */
import type { Person, Requester } from '../domain/exports/export-job.ts';
import type { FileFormat, FileSource } from '../domain/okrs/file/okr-file.ts';
import type { Conversation } from './conversation.ts';

/** What Teams says with the consent; the upload session lives about 15 minutes. */
export interface UploadTarget {
  /** As the drive has named it: it renames when the name is taken. */
  readonly name: string;
  /** Pre-signed: possession is enough, so it is sealed at rest and never logged. */
  readonly uploadUrl: string;
  readonly contentUrl: string;
  /** Teams leaves these two out at times. */
  readonly uniqueId?: string;
  readonly fileType?: string;
}

export interface SaveOffer {
  /** 256-bit random: all that the consent card carries. */
  readonly id: string;
  readonly person: Requester;
  readonly conversation: Conversation;
  readonly source: FileSource;
  readonly format: FileFormat;
}

export interface SaveOffers {
  readonly make: (offer: SaveOffer) => Promise<void>;
  readonly findOwn: (person: Person, id: string) => Promise<SaveOffer | undefined>;
  /** True for the first acceptance only. */
  readonly accept: (person: Person, id: string, target: UploadTarget) => Promise<boolean>;
  /** Undefined once it is settled, or was never accepted. */
  readonly accepted: (
    id: string,
  ) => Promise<{ readonly offer: SaveOffer; readonly target: UploadTarget } | undefined>;
  /** Declined, saved or failed: it is over. */
  readonly settle: (id: string) => Promise<void>;
}

export type UploadOutcome =
  | { readonly kind: 'saved' }
  /** The session is over, or the file was there already: a new consent makes a new one. */
  | { readonly kind: 'sessionOver' }
  | { readonly kind: 'noRoom' | 'tooLarge' | 'locked' | 'hostNotAllowed' | 'refused' }
  | { readonly kind: 'unavailable' };

export interface Drive {
  /** One PUT for each chunk, in order; never an Authorization header. Never throws for what the drive or the network does. */
  readonly upload: (
    uploadUrl: string,
    file: { readonly stream: ReadableStream<Uint8Array>; readonly length: number },
  ) => Promise<UploadOutcome>;
}

export type FetchAttachmentOutcome =
  | { readonly kind: 'file'; readonly stream: ReadableStream<Uint8Array>; readonly length?: number }
  | { readonly kind: 'linkTooOld' | 'hostNotAllowed' | 'redirected' | 'tooLarge' | 'unreachable' };

/** The stream throws `AttachmentBroken` when it is cut, too slow or grows beyond the limit. */
export type FetchAttachment = (
  downloadUrl: string,
  limits: { readonly maxBytes: number; readonly signal?: AbortSignal },
) => Promise<FetchAttachmentOutcome>;
