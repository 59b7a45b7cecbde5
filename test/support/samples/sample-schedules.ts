/** Makes schedules for tests; those of two calls share nothing. */
import { randomUUID } from 'node:crypto';
import type { Schedule } from '../../../src/domain/schedules/schedule.ts';
import { someConversation, somebody, someTarget } from './sample-exports.ts';

export function someSchedule(change: Partial<Schedule> = {}): Schedule {
  const owner = change.owner ?? somebody();
  return {
    id: randomUUID(),
    owner,
    target: { ...someTarget(), label: 'Sorrel plan', address: 'https://example.com/x', place: 'Sales' },
    conversation: someConversation({ tenantId: owner.tenantId, kind: 'personal' }),
    audience: 'owner',
    timing: {
      days: { kind: 'weekly', on: [1, 5] },
      at: { hour: 9, minute: 30 },
      condition: 'ifChanged',
      until: '2026-09-01',
    },
    zone: 'Europe/Berlin',
    until: new Date('2026-09-01T21:59:59Z'),
    state: { kind: 'active', nextAt: new Date('2026-06-05T07:30:00Z') },
    failures: 0,
    madeAt: new Date('2026-06-01T00:00:00Z'),
    ...change,
  };
}
