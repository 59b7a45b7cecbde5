/** Makes up readings and snapshots. */
import type { OkrSnapshot } from '../../../src/domain/okrs/changes/okr-changes.ts';
import type { Reading } from '../../../src/ports/readings.ts';

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
