/** Answers for transactions over all stores and the queue: port Transact. */
import type { Kysely, Transaction } from 'kysely';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Transact } from '../../ports/runtime.ts';
import type { Vault } from '../../ports/vault.ts';
import { isWorthRepeating } from './sql-state.ts';
import { createStores } from './stores.ts';
import type { Tables } from './tables.ts';
import { runInsideTransaction } from './transaction-scope.ts';

const tries = 4;

/** Repeats a serialisation failure or a deadlock up to three times; `queueIn` binds the queue to the transaction. */
export const createTransact =
  (db: Kysely<Tables>, queueIn: (trx: Transaction<Tables>) => WorkQueue, vault: Vault): Transact =>
  async (work) => {
    for (let left = tries - 1; ; left -= 1) {
      try {
        return await db
          .transaction()
          .execute((trx) => runInsideTransaction(() => work(createStores(trx, queueIn(trx), vault))));
      } catch (error) {
        if (left === 0 || !isWorthRepeating(error)) throw error;
      }
    }
  };
