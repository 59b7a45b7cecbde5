/** Creates all stores, bound to the database or to one transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { KyselyPlugin } from 'kysely';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Vault } from '../../ports/personal-data.ts';
import { createAudit } from './audit/audit.ts';
import { createCards } from './exports/cards.ts';
import { createConversations } from './conversations/conversations.ts';
import { createDownloadLinks } from './files/download-links.ts';
import { createExportJobs } from './exports/export-jobs.ts';
import { createInboundLog } from './conversations/inbound.ts';
import { createFileWorkClaims, createReadings, createSnapshots } from './files/readings.ts';
import { createNotices } from './exports/notices.ts';
import { createOwnFiles } from './files/own-files.ts';
import { createPersonalData } from './deletion.ts';
import { createSaveOffers } from './files/save-offers.ts';
import { createSchedules } from './schedules/schedules.ts';
import { createSignInAttempts } from './sign-in/sign-in-attempts.ts';
import { createSignInRequests } from './sign-in/sign-in-requests.ts';
import { createSsoExchanges } from './sign-in/sso-exchanges.ts';
import { createSharedNames } from './exports/shared-names.ts';
import { createTargetNames } from './exports/target-names.ts';
import type { ScopedDb } from './engine/scoped-db.ts';

const creators = {
  exports: createExportJobs,
  cards: createCards,
  notices: createNotices,
  conversations: createConversations,
  inbound: createInboundLog,
  signIns: createSignInRequests,
  attempts: createSignInAttempts,
  exchanges: createSsoExchanges,
  downloads: createDownloadLinks,
  readings: createReadings,
  snapshots: createSnapshots,
  ownFiles: createOwnFiles,
  saveOffers: createSaveOffers,
  fileWork: createFileWorkClaims,
  personalData: createPersonalData,
  targetNames: createTargetNames,
  schedules: createSchedules,
  sharedNames: createSharedNames,
  audit: createAudit,
} satisfies {
  readonly [S in Exclude<keyof Stores, 'queue'>]: (db: ScopedDb, vault: Vault) => Stores[S];
};

/** `queue` must be bound to the same `db`. Each store is created when it is first used: a transaction needs few of them. */
export function createStores(db: ScopedDb, queue: WorkQueue, vault: Vault): Stores {
  const bound = db.isTransaction ? db : db.guardedBy(refuseInsideTransaction);
  const created = new Map<string, unknown>();
  const stores = { queue };
  for (const [name, create] of Object.entries(creators)) {
    Object.defineProperty(stores, name, {
      enumerable: true,
      get: function createWhenUsed() {
        if (!created.has(name)) created.set(name, create(bound, vault));
        return created.get(name);
      },
    });
  }
  return stores as Stores;
}

const insideTransaction = new AsyncLocalStorage<true>();

export const runInsideTransaction = <T>(work: () => Promise<T>): Promise<T> =>
  insideTransaction.run(true, work);

/** The embedded database has one connection: its own stores, used inside a transaction, would wait for ever. */
const refuseInsideTransaction: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (insideTransaction.getStore() === true) {
      throw new Error('Inside a transaction, use the stores that it was given');
    }
    return node;
  },
  transformResult: ({ result }) => Promise.resolve(result),
};
