/** Makes up people, views, conversations and exports. */
import { randomUUID } from 'node:crypto';
import { requestExport, type ExportJob, type Requester } from '../../../src/domain/exports/export-job.ts';
import type { ExplorerView } from '../../../src/domain/exports/explorer-url.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';

/** The tenant whose administrator's consent counts here. */
export const sampleTenant = '6a1f0c1e-0000-4000-8000-0000000000aa';

export function somebody(given: Partial<Requester> = {}): Requester {
  const userId = randomUUID();
  return { tenantId: randomUUID(), userId, name: 'Sample Person', channelUserId: `29:${userId}`, ...given };
}

export const someView = (): ExplorerView => ({ organizationId: randomUUID(), viewId: randomUUID() });

/** A new export of a new person, due at once; whole milliseconds, as the database keeps them. */
export function someExport(given: Partial<ExportJob> = {}): ExportJob {
  const fresh = requestExport({ id: randomUUID(), requester: somebody(), view: someView(), now: new Date() });
  return { ...fresh, ...given };
}

export function someConversation(given: Partial<Conversation> = {}): Conversation {
  return {
    tenantId: randomUUID(),
    conversationId: `19:${randomUUID()}@thread.tacv2`,
    kind: 'channel',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    botChannelId: '28:sample-bot',
    ...given,
  };
}
