/** Answers for a rotation of keys as an operator starts it: on the bot's own database, with its own keys. */
import { rotateKeys, type KeysRotated } from '../adapters/identity/rotate-keys.ts';
import { openDatabase } from '../adapters/store/database.ts';
import type { Config } from '../config.ts';
import type { Log } from '../ports/runtime.ts';

/** @throws Error when the database cannot be opened; an embedded one is in use while the bot runs */
export async function runKeyRotation(
  { database: where, encryptionKeys: keys }: Pick<Config, 'database' | 'encryptionKeys'>,
  log: Log,
): Promise<KeysRotated> {
  const database = await openDatabase(where, { log });
  try {
    return await rotateKeys({ db: database.db, keys });
  } finally {
    await database.close();
  }
}
