/** Makes up people, views, conversations, exports, and readings of their files. */
import { randomUUID } from 'node:crypto';
import { requestExport, type ExportJob, type Requester } from '../../../src/domain/exports/export-job.ts';
import type { OwnFile } from '../../../src/domain/own-files/own-file.ts';
import { targetOf, type ExplorerView } from '../../../src/sources/goals/explorer-url.ts';
import type { Target } from '../../../src/domain/exports/target.ts';
import type { OkrSnapshot } from '../../../src/domain/okrs/changes/snapshot.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import type { Reading } from '../../../src/ports/readings.ts';

/** The tenant whose administrator's consent counts here. */
export const sampleTenant = '6a1f0c1e-0000-4000-8000-0000000000aa';

export function somebody(given: Partial<Requester> = {}): Requester {
  const userId = randomUUID();
  return {
    tenantId: randomUUID(),
    userId,
    name: 'Sample Person',
    channelUserId: `29:${userId}`,
    locale: 'de-AT',
    ...given,
  };
}

const someView = (): ExplorerView => ({ organizationId: randomUUID(), viewId: randomUUID() });

export const someTarget = (): Target => targetOf(someView());

/** A new export of a new person, due at once; whole milliseconds, as the database keeps them. */
export function someExport(given: Partial<ExportJob> = {}): ExportJob {
  const fresh = requestExport({
    id: randomUUID(),
    requester: somebody(),
    target: someTarget(),
    now: new Date(),
  });
  return { ...fresh, ...given };
}

/** One for which nothing is due: it is woken only when somebody schedules it. */
export function idleExport(given: Partial<ExportJob> = {}): ExportJob {
  const { due: _due, ...idle } = someExport(given);
  return idle;
}

export const someOwnFile = (given: Partial<OwnFile> = {}): OwnFile => ({
  id: randomUUID(),
  owner: somebody(),
  name: 'view.csv',
  receivedAt: new Date('2026-03-02T09:00:00Z'),
  version: 1,
  state: { status: 'received' },
  ...given,
});

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

const level = { count: 1, byStatus: [{ status: 'On Track', count: 1 }] };
export const someReading = (given: Partial<Reading> = {}): Reading => ({
  summary: {
    rows: 3,
    objectives: level,
    keyResults: level,
    others: level,
    averageProgress: 12.5,
    overdue: 1,
    withoutCheckIn: 2,
    today: '2026-03-02',
    attention: [
      {
        title: 'Grow “much”',
        level: 'objective',
        owner: 'Sample Owner',
        progress: 3,
        reasons: [{ kind: 'atRisk' }, { kind: 'overdue', endedOn: '2026-01-01' }, { kind: 'noCheckIn' }],
      },
    ],
    gaps: [
      { kind: 'noColumn', column: 'Status' },
      { kind: 'capped', what: 'tree', rows: 50_000 },
    ],
  },
  asOf: new Date('2026-03-02T09:00:00Z'),
  bytes: 99,
  ...given,
});

export const snapshotOf = (title: string): OkrSnapshot => ({
  takenOn: '2026-03-02',
  capped: false,
  rows: [{ key: '1', title, level: 'objective', status: 'On Track', progress: 4 }],
});
