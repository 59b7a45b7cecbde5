/** Copies the embedded database while nobody has it open: whole, or not at all. */
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { lockFolder } from './embedded-engine.ts';

const databaseIn = (folder: string): string => path.join(folder, 'database');
const isThere = (folder: string): boolean => existsSync(path.join(databaseIn(folder), 'PG_VERSION'));

/** @throws Error when the bot has the folder open, there is nothing in it, or there is something in the other */
export async function backUpEmbedded(folder: string, to: string): Promise<void> {
  if (!isThere(folder)) throw new Error(`There is no database in ${folder}.`);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new Error(`${to} is not empty: a backup needs a folder of its own.`);
  await copyLocked(folder, folder, to);
}

/** @throws Error when the bot has the folder open, there is a database in it already, or no backup in the other */
export async function restoreEmbedded(folder: string, from: string): Promise<void> {
  if (!isThere(from)) throw new Error(`There is no backup in ${from}.`);
  if (existsSync(databaseIn(folder)))
    throw new Error(`There is a database in ${folder} already: move that folder away first.`);
  await copyLocked(folder, from, folder);
}

/** Copied beside its place first, and then moved there: what is broken off leaves nothing that looks whole. */
async function copyLocked(folder: string, from: string, to: string): Promise<void> {
  for (const each of [folder, to]) await mkdir(each, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  const making = await mkdtemp(path.join(to, 'making-'));
  try {
    await cp(databaseIn(from), databaseIn(making), { recursive: true, preserveTimestamps: true });
    await rename(databaseIn(making), databaseIn(to));
  } finally {
    await rm(making, { recursive: true });
    lock.release();
  }
}
