/** Fetches a file that somebody sent, while Teams' link to it lives, and keeps it for a day. */
import type { NotTakenCause, OwnFile } from '../../domain/own-files/own-file.ts';
import type { OkrFileLimits } from '../../ports/okr-files.ts';
import type { Clock, Log, Stores } from '../../ports/runtime.ts';
import type { FetchAttachment } from '../../ports/people-files.ts';

export interface TakeOwnFileDeps {
  readonly stores: Pick<Stores, 'ownFiles'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetchAttachment: FetchAttachment;
  readonly ownFileLimits: OkrFileLimits;
}

export type Taken =
  | { readonly kind: 'taken'; readonly fileKind: 'csv' | 'xlsx'; readonly size: number }
  | { readonly kind: 'notTaken'; readonly why: NotTakenCause };

export async function takeOwnFile(deps: TakeOwnFileDeps, file: OwnFile): Promise<Taken> {
  const attached = await deps.stores.ownFiles.attachmentOf(file);
  if (attached === undefined) return { kind: 'notTaken', why: 'linkTooOld' };
  const { maxBytes } = deps.ownFileLimits;
  const fetched = await deps.fetchAttachment(attached.downloadUrl, { maxBytes });
  if (fetched.kind !== 'file') return { kind: 'notTaken', why: fetched.kind };
  const watched = watch(fetched.stream, maxBytes);
  try {
    const { size } = await deps.stores.ownFiles.keepBytes(file, watched.pieces);
    return size === 0
      ? { kind: 'notTaken', why: 'empty' }
      : { kind: 'taken', size, fileKind: watched.isWorkbook() ? 'xlsx' : 'csv' };
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'notTaken', why: 'tooLarge' };
    deps.log.warn({ fileId: file.id, err: error }, 'fetching a file that somebody sent broke off');
    return { kind: 'notTaken', why: 'unreachable' };
  }
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A workbook is a zip file, or a compound file when it has a password; the file's name proves nothing. */
const workbookMarks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const markLength = 4;

/** The bytes as they arrive, counted: what a server says about their number may be wrong. */
function watch(stream: ReadableStream<Uint8Array>, maxBytes: number) {
  let opening: readonly number[] = [];
  async function* pieces(): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    for await (const piece of stream) {
      bytes += piece.length;
      if (bytes > maxBytes) throw new TooLarge('The file is larger than allowed');
      if (opening.length < markLength)
        opening = [...opening, ...piece.subarray(0, markLength - opening.length)];
      yield piece;
    }
  }
  const isWorkbook = (): boolean =>
    workbookMarks.some((mark) => mark.every((byte, nth) => opening[nth] === byte));
  return { pieces: pieces(), isWorkbook };
}
