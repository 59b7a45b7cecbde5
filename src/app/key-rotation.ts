/** Rotates the keys as an operator orders it: on the bot's own database, with its own keys. */
import { rotateKeys, type KeysRotated } from '../adapters/identity/tokens/rotate-keys.ts';
import { createVault } from '../adapters/identity/tokens/encryption.ts';
import { openDatabase } from '../adapters/store/engine/database.ts';
import { resealFiles, type FilesResealed } from '../adapters/store/files/reseal-files.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports/runtime.ts';

/** @throws Error when the database cannot be opened; an embedded one is in use while the bot runs */
export async function runKeyRotation(
  { database: where, encryptionKeys: keys }: Pick<Config, 'database' | 'encryptionKeys'>,
  log: Log,
): Promise<{ readonly tokens: KeysRotated; readonly files: FilesResealed }> {
  const database = await openDatabase(where, { log });
  try {
    const tokens = await rotateKeys({ db: database.db, keys });
    const newestKeyId = keys[0]?.id ?? '';
    return { tokens, files: await resealFiles({ db: database.db, vault: createVault(keys), newestKeyId }) };
  } finally {
    await database.close();
  }
}
