/** Answers for one process at a time in the embedded database's folder; the lock ends with the process, however it ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export interface FolderLock {
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
