/** Opens what is kept: the database, the queue over it, and the stores bound to both. */
import { createVault } from '../adapters/identity/tokens/encryption.ts';
import { createWorkQueue } from '../adapters/queue/work-queue.ts';
import { openDatabase } from '../adapters/store/engine/database.ts';
import { createInstances, onlyInstance } from '../adapters/store/conversations/instances.ts';
import { readFigures } from '../adapters/store/figures.ts';
import { createPurgeExpired } from '../adapters/store/retention.ts';
import { createStores } from '../adapters/store/stores.ts';
import { createTransact } from '../adapters/store/transact.ts';
import type { Config } from '../config.ts';
import type { Chance, Clock, Log } from '../ports/runtime.ts';

interface DataDeps {
  readonly chance: Pick<Chance, 'newId'>;
  readonly clock: Clock;
  readonly log: Log;
}

export async function openData(config: Config, { chance, clock, log }: DataDeps) {
  const database = await openDatabase(config.database, { log });
  const queue = await createWorkQueue(database, { log, clock });
  const vault = createVault(config.encryptionKeys);
  return {
    database,
    queue,
    instances:
      database.engine.kind === 'postgres'
        ? createInstances({ db: database.db, id: chance.newId(), log })
        : onlyInstance,
    stores: createStores(database.db, queue.in(database.db), vault),
    transact: createTransact(database.db, { queueIn: queue.in, vault, taskQueued: queue.wake }),
    readFigures: async () => ({ ...(await readFigures(database.db)), queue: await queue.depth() }),
    purgeExpired: createPurgeExpired(database.db, config.retentionDays),
  };
}
