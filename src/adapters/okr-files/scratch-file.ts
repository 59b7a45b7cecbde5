/** Answers for files of which nothing stays: open, but without a name in any folder. */
import { mkdtemp, open, rm, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes a file that only its opener can read or write, and takes its name away: it ends with the handle, or the process. */
export async function openScratchFile(folder: string, name: string): Promise<FileHandle> {
  const file = path.join(folder, name);
  const handle = await open(file, 'wx+', 0o600);
  await unlink(file);
  return handle;
}

/** Runs `work` with a folder of its own for files that have a name for a moment; gone with all in it once `work` ended. */
export async function inScratchFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'okr-files-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
