/** Answers for files of which nothing stays: open, but without a name in any folder. */
import { open, unlink, type FileHandle } from 'node:fs/promises';

/** Makes a file that only its opener can read or write, and takes its name away: it ends with the handle, or the process. */
export const openScratchFile = (file: string): Promise<FileHandle> => openNameless(file, 'wx+');

/** Opens a file that somebody else has open, too, and takes its name away. */
export const openForWriting = (file: string): Promise<FileHandle> => openNameless(file, 'r+');

async function openNameless(file: string, flags: 'wx+' | 'r+'): Promise<FileHandle> {
  const handle = await open(file, flags, 0o600);
  await unlink(file);
  return handle;
}
