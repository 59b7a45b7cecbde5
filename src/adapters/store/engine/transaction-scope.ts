/** Answers for one mistake: using the database's own stores inside a transaction, which waits for itself for ever when embedded. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { KyselyPlugin } from 'kysely';

const insideTransaction = new AsyncLocalStorage<true>();

export const runInsideTransaction = <T>(work: () => Promise<T>): Promise<T> =>
  insideTransaction.run(true, work);

/** For stores that are not bound to a transaction. */
export const refuseInsideTransaction: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (insideTransaction.getStore() === true) {
      throw new Error('Inside a transaction, use the stores that it was given');
    }
    return node;
  },
  transformResult: ({ result }) => Promise.resolve(result),
};
