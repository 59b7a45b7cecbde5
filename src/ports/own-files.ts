/** Says how files that people send are kept: sealed, bound to the person, for a day. */
import type { Person } from '../domain/exports/export-job.ts';
import type { OwnFile } from '../domain/own-files/own-file.ts';
import type { Conversation } from './conversation.ts';

/** Where a file can be fetched, as Teams says with the message; lives minutes. */
export interface AttachedFile {
  /** With its ending. */
  readonly name: string;
  /** Pre-signed: possession is enough, so it is sealed at rest and never logged. */
  readonly downloadUrl: string;
}

/** The card that follows an own file. */
export interface OwnFileCard {
  readonly conversation: Conversation;
  readonly activityId?: string;
  /** The file's version it shows; 0 before it was posted. */
  readonly shownVersion: number;
}

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

  /** Replaces what was kept before. Pieces are sealed one by one; a source that breaks rejects and keeps nothing. */
  readonly keepBytes: (file: OwnFile, bytes: AsyncIterable<Uint8Array>) => Promise<{ readonly size: number }>;
  /** Undefined when they are gone. The stream throws when a piece does not open. */
  readonly bytesOf: (file: OwnFile) => Promise<ReadableStream<Uint8Array> | undefined>;

  /** Takes the right to show the card; undefined while somebody else has it, or the file is gone. */
  readonly claimCard: (id: string, holder: string, seconds: number) => Promise<OwnFileCard | undefined>;
  /** Records what is shown and gives the claim back. */
  readonly shown: (
    id: string,
    holder: string,
    shown: { readonly version: number; readonly activityId?: string },
  ) => Promise<void>;
  readonly releaseCard: (id: string, holder: string) => Promise<void>;
}
