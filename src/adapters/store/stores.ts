/** Answers for all stores together, bound to the database or to one transaction. */
import type { Kysely } from 'kysely';
import type { WorkQueue } from '../../ports/export-jobs.ts';
import type { Stores } from '../../ports/runtime.ts';
import { createCards } from './cards.ts';
import { createConversations } from './conversations.ts';
import { createDownloadLinks } from './download-links.ts';
import { createExportJobs } from './export-jobs.ts';
import { createInboundLog } from './inbound.ts';
import { createNotices } from './notices.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';
import { createSignInRequests } from './sign-in-requests.ts';
import { createSsoExchanges } from './sso-exchanges.ts';
import type { Tables } from './tables.ts';
import { refuseInsideTransaction } from './transaction-scope.ts';

/** `queue` must be bound to the same `db`. */
export function createStores(db: Kysely<Tables>, queue: WorkQueue): Stores {
  const bound = db.isTransaction ? db : db.withPlugin(refuseInsideTransaction);
  return {
    ...{ exports: createExportJobs(bound), cards: createCards(bound), notices: createNotices(bound), queue },
    ...{ conversations: createConversations(bound), inbound: createInboundLog(bound) },
    ...{ signIns: createSignInRequests(bound), attempts: createSignInAttempts(bound) },
    ...{ exchanges: createSsoExchanges(bound), downloads: createDownloadLinks(bound) },
  };
}
