/** Opens the embedded PostgreSQL (PGlite) in one folder, and locks the folder against other processes. */
import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import * as z from 'zod';

export interface Embedded {
  readonly pglite: PGlite;
  readonly close: () => Promise<void>;
}

/**
 * PGlite leaves `fsync` off; an acknowledged export would not survive a power cut.
 * Buffers are memory from the start on, and the operating system holds the files anyway; there is one connection only.
 */
const settings = ['fsync=on', 'shared_buffers=4MB', 'max_connections=5'];

/** @throws Error when another process holds the folder */
export async function openEmbedded(folder: string): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    await makeOnce(folder);
    // Only where it is used: it takes 6 MB.
    const engine = await import('@electric-sql/pglite');
    const pglite = await engine.PGlite.create({
      dataDir: path.join(folder, 'database'),
      startParams: [...engine.PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
    });
    return {
      pglite,
      close: async () => {
        await pglite.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** So that whoever opens it later need not wait for it to be made. @throws Error when another process is making it */
export async function prepareEmbedded(folder: string, from = readyMade): Promise<void> {
  if (isMade(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    await makeOnce(folder, from);
  } finally {
    lock.release();
  }
}

const maker = fileURLToPath(new URL(`./make-embedded${path.extname(import.meta.filename)}`, import.meta.url));

const isMade = (folder: string): boolean => existsSync(path.join(folder, 'database', 'PG_VERSION'));

/** Of `tools/after-install.cjs`: beside the bundle only. Who installed it may be somebody else. */
const readyMade = fileURLToPath(new URL('./empty-database', import.meta.url));

function isReadable(folder: string): boolean {
  try {
    accessSync(path.join(folder, 'PG_VERSION'), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** In a process of its own: it takes 200 MB, most of which this one would keep. What appears in the folder is whole. */
async function makeOnce(folder: string, from = readyMade): Promise<void> {
  if (isMade(folder)) return;
  // Of a process that was killed meanwhile.
  for (const left of globSync('making-*', { cwd: folder }))
    rmSync(path.join(folder, left), { recursive: true });
  const making = mkdtempSync(path.join(folder, 'making-'));
  if (isReadable(from)) cpSync(from, making, { recursive: true });
  else await promisify(execFile)(process.execPath, ['--liftoff-only', maker, making]);
  renameSync(making, path.join(folder, 'database'));
}

interface FolderLock {
  readonly release: () => void;
}

const holderSchema = z.object({ pid: z.number(), since: z.string() });

/**
 * The embedded database takes no lock of its own, and two processes would lose data silently.
 * An open SQLite transaction is a lock that the operating system releases even after `kill -9`.
 * @throws Error that says who holds the folder, since when, and what to do
 */
export function lockFolder(folder: string): FolderLock {
  const lock = new DatabaseSync(path.join(folder, 'lock.sqlite'));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new Error(refusal(folder), { cause });
  }
  writeFileSync(holderFile(folder), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return { release: () => lock.close() };
}

/** Beside the lock, because nobody else can read a locked SQLite file. */
const holderFile = (folder: string): string => path.join(folder, 'lock.json');

function refusal(folder: string): string {
  return (
    `The data folder ${folder} is in use by ${holder(folder)}. Two processes on it would lose data. ` +
    'Stop that one, or give this one another DATA_DIR, or use PostgreSQL (DATABASE_URL) for several instances.'
  );
}

function holder(folder: string): string {
  try {
    const { pid, since } = holderSchema.parse(JSON.parse(readFileSync(holderFile(folder), 'utf8')));
    return `process ${String(pid)} since ${since}`;
  } catch {
    return 'another process';
  }
}
