/** Says how files come from people and go to them: sent and kept for a day, saved to their OneDrive, downloaded by a link. */
import type { Person, Requester } from '../domain/exports/export-job.ts';
import type { FileFormat, SubjectRef } from '../domain/okrs/file/okr-file.ts';
import type { OwnFile } from '../domain/own-files/own-file.ts';
import type { Conversation } from './conversation.ts';

/** Where a file can be fetched, as Teams says with the message; lives minutes. */
export interface AttachedFile {
  /** With its ending. */
  readonly name: string;
  /** Pre-signed: possession is enough, so it is sealed at rest and never logged. */
  readonly downloadUrl: string;
}

export type FetchAttachmentOutcome =
  | { readonly kind: 'file'; readonly stream: ReadableStream<Uint8Array>; readonly length?: number }
  | { readonly kind: 'linkTooOld' | 'hostNotAllowed' | 'redirected' | 'tooLarge' | 'unreachable' };

/** The stream throws `AttachmentBroken` when it is cut, too slow or grows beyond the limit. */
export type FetchAttachment = (
  downloadUrl: string,
  limits: { readonly maxBytes: number; readonly signal?: AbortSignal },
) => Promise<FetchAttachmentOutcome>;

/** Sealed, and bound to the person. */
export interface OwnFiles {
  readonly add: (file: OwnFile, where: Conversation, attached: AttachedFile) => Promise<void>;
  readonly load: (id: string) => Promise<OwnFile | undefined>;
  /** "Not yours" and "not there" are the same answer. */
  readonly loadOwn: (person: Person, id: string) => Promise<OwnFile | undefined>;
  /** Writes the next version; undefined when the file is gone or has moved on from the version before. */
  readonly save: (file: OwnFile) => Promise<'saved' | 'overtaken'>;
  readonly attachmentOf: (file: OwnFile) => Promise<AttachedFile | undefined>;
  /** The link is of no use any more. */
  readonly forgetAttachment: (id: string) => Promise<void>;
  /** Files of the person received since then. */
  readonly countSince: (person: Person, since: Date) => Promise<number>;
  /** Files of the person that are being fetched or read, or wait for that. */
  readonly countUnderWay: (person: Person) => Promise<number>;

  /** Replaces what was kept before. Pieces are sealed one by one; a source that breaks rejects and keeps nothing. */
  readonly keepBytes: (file: OwnFile, bytes: AsyncIterable<Uint8Array>) => Promise<{ readonly size: number }>;
  /** Undefined when they are gone. The stream throws when a piece does not open. */
  readonly bytesOf: (file: OwnFile) => Promise<ReadableStream<Uint8Array> | undefined>;
}

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
  readonly subject: SubjectRef;
  readonly format: FileFormat;
}

export interface SaveOffers {
  /** False where the same was asked within the last minute and is not answered: whoever presses twice is asked once. */
  readonly make: (offer: SaveOffer) => Promise<boolean>;
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

/** Why a file did not get to somebody's OneDrive. */
export type SaveFailure =
  | 'sessionOver'
  | 'noRoom'
  | 'tooLarge'
  | 'locked'
  | 'hostNotAllowed'
  | 'refused'
  | 'unavailable'
  /** There is nothing to save any more, or it could not be fetched or made. */
  | 'noFile';

export interface Drive {
  /** One PUT for each chunk, in order; never an Authorization header. Never throws for what the drive or the network does. */
  readonly upload: (
    uploadUrl: string,
    file: { readonly stream: ReadableStream<Uint8Array>; readonly length: number },
  ) => Promise<UploadOutcome>;
}

/** Their secrets are stored hashed. */
export interface DownloadLinks {
  readonly issue: (
    token: string,
    link: { readonly person: Person; readonly subject: SubjectRef },
    lifetimeSeconds: number,
  ) => Promise<void>;
  /** Looks without using it up: scanners fetch links ahead of people. */
  readonly find: (token: string) => Promise<
    | {
        readonly kind: 'open';
        readonly person: Person;
        readonly subject: SubjectRef;
        /** Formats that cannot be had again; not all of them. */
        readonly taken: readonly FileFormat[];
      }
    | { readonly kind: 'used' | 'expired' | 'unknown' }
  >;
  /** Seconds for which the file's longest-lived unused link is still good; 0 without one. */
  readonly unusedFor: (subject: SubjectRef) => Promise<number>;
  /** Each format is claimed once: one POST wins; `used` and `expired` for the others. */
  readonly claim: (token: string, format: FileFormat) => Promise<'claimed' | 'used' | 'expired' | 'unknown'>;
  /** A break before the last byte: the format may be taken again within the link's lifetime. */
  readonly release: (token: string, format: FileFormat) => Promise<void>;
}
