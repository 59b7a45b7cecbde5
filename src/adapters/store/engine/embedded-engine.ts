/** Answers for the embedded PostgreSQL: durable, in one folder, for one process. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { lockFolder } from './folder-lock.ts';

export interface Embedded {
  readonly pglite: PGlite;
  readonly close: () => Promise<void>;
}

/** PGlite leaves `fsync` off, and an acknowledged export would not survive a power cut. */
export const embeddedParameters = [
  ...PGlite.defaultStartParams,
  '-c',
  'shared_buffers=16MB',
  '-c',
  'fsync=on',
];

/** @throws Error when another process holds the folder */
export async function openEmbedded(folder: string): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  try {
    const pglite = await PGlite.create({
      dataDir: path.join(folder, 'database'),
      startParams: embeddedParameters,
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
