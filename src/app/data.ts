/** Opens what is kept (the database, the queue over it, and the stores bound to both), or rotates the keys that it is sealed with. */
import { createVault } from '../adapters/identity/tokens/encryption.ts';
import { rotateKeys, type KeysRotated } from '../adapters/identity/tokens/rotate-keys.ts';
import { createWorkQueue } from '../adapters/queue/work-queue.ts';
import { backUpEmbedded, restoreEmbedded } from '../adapters/store/engine/copy-embedded.ts';
import { openDatabase } from '../adapters/store/engine/database.ts';
import { createInstances, createOnlyInstance } from '../adapters/store/conversations/instances.ts';
import { bringBackLostLooks } from '../adapters/store/exports/lost-looks.ts';
import { createChainEntries } from '../adapters/store/audit/chain-entries.ts';
import { createPurgeAudit } from '../adapters/store/audit/purge-audit.ts';
import { readFigures } from '../adapters/store/figures.ts';
import { createPurgeExpired } from '../adapters/store/deletion.ts';
import { resealFiles, type FilesResealed } from '../adapters/store/files/reseal-files.ts';
import { createStores } from '../adapters/store/stores.ts';
import { createTransact } from '../adapters/store/transact.ts';
import type { Config } from '../config.ts';
import type { Chance, Clock, Log } from '../ports/runtime.ts';

interface DataDeps {
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly log: Log;
}

const maxPingMilliseconds = 2000;

export async function openData(config: Config, { chance, clock, log }: DataDeps) {
  const database = await openDatabase(config.database, { log });
  const instanceId = chance.newId();
  const { allowedTenants: tenants } = config;
  const queue = await createWorkQueue(database, { log, clock, instanceId, tenants });
  const vault = createVault(config.encryptionKeys);
  const purgeExpired = createPurgeExpired(database.db, config.retentionDays, tenants);
  const auditKept = { vault, retentionDays: config.auditRetentionDays };
  const purgeAudit = createPurgeAudit({ db: database.db, ...auditKept });
  return {
    database,
    queue,
    instances: (database.engine.kind === 'postgres' ? createInstances : createOnlyInstance)({
      db: database.db,
      id: instanceId,
      log,
      bringBack: (lost) =>
        bringBackLostLooks(database.db.acrossTenants('what a dead instance was at'), lost, instanceId),
    }),
    stores: createStores(database.db, queue.in(database.db), vault),
    transact: createTransact(database.db, { queueIn: queue.in, vault, onQueued: queue.queued }),
    readFigures: async () => ({
      ...(await readFigures(database.db, [...tenants])),
      queue: await queue.depth(),
      takesWrites: await database.ping(maxPingMilliseconds).then(
        () => true,
        () => false,
      ),
    }),
    chainAudit: createChainEntries({ db: database.db, vault, log }),
    tidy: async (now: Date) => {
      try {
        await purgeExpired(now);
        await queue.forgetOthers(new Date(now.getTime() - config.retentionDays * 24 * 3600_000));
      } finally {
        await purgeAudit(now);
      }
    },
  };
}

const onPostgres =
  'The data is in PostgreSQL: use pg_dump and pg_restore, as docs/operate.md says under "Backup and restore".';

/** Copies what is kept to a folder of its own. @throws Error that says why not; an embedded database is in use while the bot runs */
export async function backUpData(where: Config['database'], to: string): Promise<void> {
  if (where.kind === 'postgres') throw new Error(onPostgres);
  await backUpEmbedded(where.folder, to);
}

/** Brings such a copy back, where nothing is kept. @throws Error that says why not */
export async function restoreData(where: Config['database'], from: string): Promise<void> {
  if (where.kind === 'postgres') throw new Error(onPostgres);
  await restoreEmbedded(where.folder, from);
}

/**
 * As an operator orders it, with the bot's own keys.
 * @throws Error when the database cannot be opened; an embedded one is in use while the bot runs
 */
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
