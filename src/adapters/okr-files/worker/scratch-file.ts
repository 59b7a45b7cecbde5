/** Makes files of which nothing stays: nameless ones, and a made file that is handed over as a stream. */
import { randomUUID } from 'node:crypto';
import { open, unlink, mkdtemp, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { UnreadableCause } from '../../../domain/okrs/file/okr-file.ts';
import type { MadeOutcome } from '../../../ports/okr-files.ts';

/** Makes a file that only its opener can read or write, and takes its name away: it ends with the handle, or the process. */
export const openScratchFile = (file: string): Promise<FileHandle> => openNameless(file, 'wx+');

/** Opens a file that somebody else has open, too, and takes its name away. */
export const openForWriting = (file: string): Promise<FileHandle> => openNameless(file, 'r+');

async function openNameless(file: string, flags: 'wx+' | 'r+'): Promise<FileHandle> {
  const handle = await open(file, flags, 0o600);
  await unlink(file);
  return handle;
}

/**
 * @param work May make a file at this path with `openScratchFile`: most never do, so that no folder is made for it. Once it has
 * read its file the name has gone; otherwise it is taken away here, whatever happened.
 */
export async function withScratchPath<T extends { readonly kind: string }>(
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = path.join(tmpdir(), `okr-files-${randomUUID()}`);
  let result: T | undefined;
  try {
    result = await work(file);
    return result;
  } finally {
    if (result?.kind !== 'read') await rm(file, { force: true });
  }
}

type MakingResult =
  { readonly kind: 'made' } | { readonly kind: 'unreadable'; readonly why: UnreadableCause };

/**
 * @param make Fills the file at this path, which is there, empty, and readable by nobody else. The folder around it is
 * gone once it ends, whatever happens; what was made lives on in the stream, until that was read or cancelled.
 */
export async function madeFile(make: (out: string) => Promise<MakingResult>): Promise<MadeOutcome> {
  return inScratchFolder(async (folder) => {
    const out = path.join(folder, 'out');
    return handOver(await open(out, 'wx+', 0o600), () => make(out));
  });
}

/** The folder and what lies in it are gone once the work ends, whatever happens. */
async function inScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-files-'));
  try {
    return await work(folder);
  } finally {
    // As a rule nothing lies in it any more: what has lost its name needs no looking for.
    await rmdir(folder).catch(() => rm(folder, { recursive: true, force: true }));
  }
}

async function handOver(file: FileHandle, make: () => Promise<MakingResult>): Promise<MadeOutcome> {
  let isKept = false;
  try {
    const result = await make();
    if (result.kind === 'unreadable') return result;
    const { size: length } = await file.stat();
    isKept = true;
    return { kind: 'made', length, stream: streamOf(file) };
  } finally {
    if (!isKept) await file.close();
  }
}

const streamOf = (file: FileHandle): ReadableStream<Uint8Array> =>
  Readable.toWeb(file.createReadStream({ start: 0 })) as ReadableStream<Uint8Array>;
