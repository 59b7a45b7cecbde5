/** Answers for all stores together, bound to the database or to one transaction. */
import type { Kysely } from 'kysely';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Stores } from '../../ports/runtime.ts';
import type { Vault } from '../../ports/vault.ts';
import { createCards } from './cards.ts';
import { createConversations } from './conversations.ts';
import { createDownloadLinks } from './download-links.ts';
import { createExportJobs } from './export-jobs.ts';
import { createInboundLog } from './inbound.ts';
import { createFileWorkClaims } from './file-work-claims.ts';
import { createNotices } from './notices.ts';
import { createOwnFiles } from './own-files.ts';
import { createPersonalData } from './personal-data.ts';
import { createReadings } from './readings.ts';
import { createSaveOffers } from './save-offers.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';
import { createSignInRequests } from './sign-in-requests.ts';
import { createSnapshots } from './snapshots.ts';
import { createSsoExchanges } from './sso-exchanges.ts';
import type { Tables } from './tables.ts';
import { refuseInsideTransaction } from './transaction-scope.ts';

/** `queue` must be bound to the same `db`. */
export function createStores(db: Kysely<Tables>, queue: WorkQueue, vault: Vault): Stores {
  const bound = db.isTransaction ? db : db.withPlugin(refuseInsideTransaction);
  return {
    exports: createExportJobs(bound),
    cards: createCards(bound),
    notices: createNotices(bound),
    queue,
    conversations: createConversations(bound),
    inbound: createInboundLog(bound),
    signIns: createSignInRequests(bound),
    attempts: createSignInAttempts(bound),
    exchanges: createSsoExchanges(bound),
    downloads: createDownloadLinks(bound),
    readings: createReadings(bound, vault),
    snapshots: createSnapshots(bound, vault),
    ownFiles: createOwnFiles(bound, vault),
    saveOffers: createSaveOffers(bound, vault),
    fileWork: createFileWorkClaims(bound),
    personalData: createPersonalData(bound, vault),
  };
}
